import { Migration } from '@mikro-orm/migrations'

/**
 * Everything belongs to exactly one shop: `shop_id` leads each key and index. Amounts are bigint minor units, never
 * negative. Unique keys and checks state what the services promise.
 */
export class Foundation extends Migration {
  override up(): void {
    for (const statement of [SHOP, ACCESS, AUDIT, TIER, COMPANY, CUSTOMER, PRODUCT, ORDER, STATISTICS, RULE].flatMap((text) =>
      text.split(/;\n/),
    ))
      if (statement.trim() !== '') this.addSql(statement)
  }
}

const SHOP = `
create table shop (
  id integer generated always as identity primary key,
  code text not null unique check (code ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
  name text not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  time_zone text not null,
  rounding text not null default 'HALF_UP' check (rounding in ('HALF_UP', 'HALF_EVEN', 'DOWN')),
  max_discount_bp integer not null default 10000 check (max_discount_bp between 1 and 10000),
  order_counts_when text not null default 'PAID' check (order_counts_when in ('PAID', 'COMPLETED')),
  private_link_url text,
  created_at timestamptz not null
);
create table price_book (
  shop_id integer primary key references shop,
  version integer not null default 1 check (version > 0)
);
`

const ACCESS = `
create table access_key (
  shop_id integer not null references shop,
  id uuid not null,
  kind text not null check (kind in ('PLUGIN', 'PUBLISHABLE', 'ADMIN')),
  name text not null,
  role text check (role in ('OWNER', 'MANAGER', 'MARKETER', 'SERVICE', 'ANALYST')),
  prefix text not null,
  secret_hash bytea not null unique check (length(secret_hash) = 32),
  created_at timestamptz not null,
  expires_at timestamptz,
  revoked_at timestamptz,
  last_used_at timestamptz,
  primary key (shop_id, id),
  check ((kind = 'ADMIN') = (role is not null))
);
create table token_key (
  shop_id integer not null references shop,
  id text not null,
  secret bytea not null check (length(secret) = 32),
  created_at timestamptz not null,
  primary key (shop_id, id)
);
`

const AUDIT = `
create table audit_entry (
  shop_id integer not null references shop,
  id uuid not null,
  at timestamptz not null,
  actor_kind text not null,
  actor_id text,
  actor_name text not null,
  action text not null,
  target text,
  before jsonb,
  after jsonb,
  primary key (shop_id, id)
);
create index audit_entry_target on audit_entry (shop_id, target, id);
`

const TIER = `
create table tier (
  shop_id integer not null references shop,
  id uuid not null,
  code text not null,
  name text not null,
  rank integer not null,
  qualification text,
  retention text,
  grace_days integer not null default 0 check (grace_days >= 0),
  primary key (shop_id, id),
  unique (shop_id, code),
  unique (shop_id, rank)
);
`

const COMPANY = `
create table company (
  shop_id integer not null references shop,
  id uuid not null,
  external_id text not null,
  name text not null,
  industry text,
  certified boolean not null default false,
  tier_id uuid,
  pin_tier_id uuid,
  pinned_until timestamptz,
  pin_reason text,
  created_at timestamptz not null,
  primary key (shop_id, id),
  unique (shop_id, external_id),
  foreign key (shop_id, tier_id) references tier (shop_id, id),
  foreign key (shop_id, pin_tier_id) references tier (shop_id, id),
  check ((pin_tier_id is null) = (pin_reason is null))
);
create index company_tier on company (shop_id, tier_id);
create index company_pin_tier on company (shop_id, pin_tier_id);
`

const CUSTOMER = `
create table customer (
  shop_id integer not null references shop,
  id uuid not null,
  external_id text,
  name text,
  email text,
  email_verified boolean not null default false,
  phone text,
  phone_verified boolean not null default false,
  kind text not null default 'INDIVIDUAL' check (kind in ('INDIVIDUAL', 'ENTERPRISE')),
  role text check (role in ('PURCHASER', 'ENGINEER', 'OTHER')),
  company_id uuid,
  industry text,
  purpose text check (purpose in ('RESALE', 'OWN_USE', 'PRODUCTION')),
  gender text check (gender in ('FEMALE', 'MALE', 'OTHER')),
  birth_date date,
  language text,
  country text,
  region text,
  city text,
  source text,
  attributes jsonb not null default '{}' check (jsonb_typeof(attributes) = 'object'),
  registered_at timestamptz not null,
  tier_id uuid,
  tier_since timestamptz,
  pin_tier_id uuid,
  pinned_until timestamptz,
  pin_reason text,
  merged_into uuid,
  created_at timestamptz not null,
  primary key (shop_id, id),
  unique (shop_id, external_id),
  foreign key (shop_id, company_id) references company (shop_id, id),
  foreign key (shop_id, tier_id) references tier (shop_id, id),
  foreign key (shop_id, pin_tier_id) references tier (shop_id, id),
  foreign key (shop_id, merged_into) references customer (shop_id, id),
  check ((pin_tier_id is null) = (pin_reason is null))
);
create index customer_tier on customer (shop_id, tier_id);
create index customer_pin_tier on customer (shop_id, pin_tier_id) where pin_tier_id is not null;
create index customer_company on customer (shop_id, company_id) where company_id is not null;
create index customer_merged_into on customer (shop_id, merged_into) where merged_into is not null;
create index customer_registered on customer (shop_id, registered_at);
create table customer_identity (
  shop_id integer not null,
  customer_id uuid not null,
  kind text not null,
  value text not null,
  verified boolean not null,
  primary key (shop_id, customer_id, kind, value),
  foreign key (shop_id, customer_id) references customer (shop_id, id)
);
create unique index customer_identity_name on customer_identity (shop_id, kind, value) where verified;
create table customer_tag (
  shop_id integer not null,
  customer_id uuid not null,
  tag_key text not null,
  tag text not null,
  primary key (shop_id, customer_id, tag_key),
  foreign key (shop_id, customer_id) references customer (shop_id, id),
  check (tag_key <> '')
);
create index customer_tag_tag on customer_tag (shop_id, tag_key, customer_id);
create table customer_consent (
  shop_id integer not null,
  id uuid not null,
  customer_id uuid not null,
  channel text not null check (channel in ('EMAIL', 'SMS', 'PUSH', 'WECHAT', 'WECOM', 'PHONE', 'POST')),
  granted boolean not null,
  at timestamptz not null,
  source text,
  primary key (shop_id, id),
  foreign key (shop_id, customer_id) references customer (shop_id, id)
);
create index customer_consent_customer on customer_consent (shop_id, customer_id, channel, at desc, id desc);
create view customer_consent_current as
  select distinct on (shop_id, customer_id, channel) shop_id, customer_id, channel, granted, at, source
  from customer_consent
  order by shop_id, customer_id, channel, at desc, id desc;
create table customer_merge (
  shop_id integer not null,
  id uuid not null,
  from_id uuid not null,
  into_id uuid not null,
  reason text not null,
  at timestamptz not null,
  taken jsonb not null,
  undone_at timestamptz,
  primary key (shop_id, id),
  foreign key (shop_id, from_id) references customer (shop_id, id),
  foreign key (shop_id, into_id) references customer (shop_id, id)
);
create unique index customer_merge_open on customer_merge (shop_id, from_id) where undone_at is null;
create index customer_merge_into on customer_merge (shop_id, into_id);
`

const PRODUCT = `
create table product (
  shop_id integer not null references shop,
  sku text collate "C" not null,
  name text not null,
  list_price bigint not null check (list_price between 0 and 9007199254740991),
  floor_price bigint check (floor_price between 0 and 9007199254740991),
  cost_price bigint check (cost_price between 0 and 9007199254740991),
  brand text,
  categories text[] not null default '{}',
  tags text[] not null default '{}',
  tag_keys text[] not null default '{}',
  stock integer check (stock >= 0),
  launched_at timestamptz,
  updated_at timestamptz not null,
  primary key (shop_id, sku)
);
create index product_brand on product (shop_id, brand);
create table product_price (
  shop_id integer not null,
  sku text collate "C" not null,
  since timestamptz not null,
  list_price bigint not null,
  floor_price bigint,
  cost_price bigint,
  primary key (shop_id, sku, since),
  foreign key (shop_id, sku) references product (shop_id, sku)
);
`

const ORDER = `
create table shop_order (
  shop_id integer not null references shop,
  id uuid not null,
  external_id text not null,
  customer_id uuid,
  placed_at timestamptz not null,
  status text not null check (status in ('PLACED', 'PAID', 'COMPLETED', 'CANCELLED')),
  channel text,
  total bigint not null check (total between 0 and 9007199254740991),
  counted boolean not null,
  recorded_at timestamptz not null,
  primary key (shop_id, id),
  unique (shop_id, external_id),
  foreign key (shop_id, customer_id) references customer (shop_id, id)
);
create index shop_order_customer on shop_order (shop_id, customer_id, placed_at, id) include (counted, total);
create index shop_order_placed on shop_order (shop_id, placed_at, id);
create table order_line (
  shop_id integer not null,
  order_id uuid not null,
  line_id text not null,
  position integer not null,
  sku text collate "C" not null,
  quantity integer not null check (quantity between 1 and 1000000),
  returned_quantity integer not null default 0 check (returned_quantity between 0 and quantity),
  unit_price bigint not null check (unit_price between 0 and 9007199254740991),
  total bigint not null check (total between 0 and 9007199254740991),
  primary key (shop_id, order_id, line_id),
  foreign key (shop_id, order_id) references shop_order (shop_id, id)
);
create index order_line_sku on order_line (shop_id, sku, order_id);
`

const STATISTICS = `
create table customer_statistics (
  shop_id integer not null,
  customer_id uuid not null,
  number_of_orders integer not null check (number_of_orders > 0),
  amount_spent bigint not null check (amount_spent between 0 and 9007199254740991),
  largest_order_amount bigint not null check (largest_order_amount >= 0),
  first_order_at timestamptz not null,
  last_order_at timestamptz not null check (last_order_at >= first_order_at),
  primary key (shop_id, customer_id),
  foreign key (shop_id, customer_id) references customer (shop_id, id)
);
create index customer_statistics_amount on customer_statistics (shop_id, amount_spent);
create index customer_statistics_orders on customer_statistics (shop_id, number_of_orders);
create index customer_statistics_last on customer_statistics (shop_id, last_order_at);
`

const RULE = `
create table rule (
  shop_id integer not null references shop,
  id uuid not null,
  kind text not null check (kind in ('LADDER', 'OFFER')),
  code text not null,
  code_key text collate "C" not null,
  level text check (level in ('PRODUCT', 'ORDER')),
  status text not null check (status in ('DRAFT', 'PUBLISHED', 'RETIRED')),
  last_version integer not null check (last_version > 0),
  created_at timestamptz not null,
  primary key (shop_id, id),
  unique (shop_id, code_key)
);
create index rule_status on rule (shop_id, kind, status, code_key);
create table rule_version (
  shop_id integer not null,
  rule_id uuid not null,
  version integer not null check (version > 0),
  state text not null check (state in ('DRAFT', 'PUBLISHED', 'SUPERSEDED')),
  terms jsonb not null,
  saved_at timestamptz not null,
  published_at timestamptz,
  ended_at timestamptz,
  primary key (shop_id, rule_id, version),
  foreign key (shop_id, rule_id) references rule (shop_id, id),
  check ((state = 'DRAFT') = (published_at is null)),
  check (state = 'SUPERSEDED' or ended_at is null)
);
create unique index rule_version_one_draft on rule_version (shop_id, rule_id) where state = 'DRAFT';
create unique index rule_version_one_published on rule_version (shop_id, rule_id) where state = 'PUBLISHED'
`
