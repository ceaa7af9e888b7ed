import { Migration } from '@mikro-orm/migrations'

/**
 * What was used of offers, held in reservations and turned into orders. What refers to the shop does so by its price book,
 * the row that everybody at checkout holds first. Counters follow from `offer_use`: a use counts until it is given back.
 */
export class Checkout extends Migration {
  override up(): void {
    for (const statement of [ORDER, USAGE, RESERVATION, RETURN, IDEMPOTENCY].flatMap((text) => text.split(/;\n/)))
      if (statement.trim() !== '') this.addSql(statement)
  }
}

const ORDER = `
alter table shop_order add column committed boolean not null default false;
create table order_gift (
  shop_id integer not null,
  order_id uuid not null,
  position integer not null check (position >= 0),
  sku text collate "C" not null,
  quantity integer not null check (quantity > 0),
  offer_code text not null,
  primary key (shop_id, order_id, position),
  foreign key (shop_id, order_id) references shop_order (shop_id, id)
);
`

const USAGE = `
create table rule_usage (
  shop_id integer not null,
  rule_id uuid not null,
  uses integer not null default 0 check (uses >= 0),
  taken bigint not null default 0 check (taken >= 0),
  primary key (shop_id, rule_id),
  foreign key (shop_id, rule_id) references rule (shop_id, id) on delete cascade
);
insert into rule_usage (shop_id, rule_id) select shop_id, id from rule where kind = 'OFFER';
create table customer_rule_usage (
  shop_id integer not null,
  customer_id uuid not null,
  rule_id uuid not null,
  uses integer not null check (uses >= 0),
  primary key (shop_id, customer_id, rule_id),
  foreign key (shop_id, customer_id) references customer (shop_id, id),
  foreign key (shop_id, rule_id) references rule_usage (shop_id, rule_id)
);
create table customer_rule_units (
  shop_id integer not null,
  customer_id uuid not null,
  rule_id uuid not null,
  sku text collate "C" not null,
  units bigint not null check (units >= 0),
  primary key (shop_id, customer_id, rule_id, sku),
  foreign key (shop_id, customer_id) references customer (shop_id, id),
  foreign key (shop_id, rule_id) references rule_usage (shop_id, rule_id)
);
`

const RESERVATION = `
create table reservation (
  shop_id integer not null references price_book,
  id uuid not null,
  customer_id uuid,
  status text not null check (status in ('HELD', 'COMMITTED', 'RELEASED', 'EXPIRED')),
  quote jsonb not null check (jsonb_typeof(quote) = 'object'),
  reserved_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  order_id uuid,
  primary key (shop_id, id),
  unique (shop_id, order_id),
  foreign key (shop_id, customer_id) references customer (shop_id, id),
  foreign key (shop_id, order_id) references shop_order (shop_id, id),
  check ((status = 'HELD') = (ended_at is null)),
  check ((status = 'COMMITTED') = (order_id is not null))
);
create index reservation_held on reservation (shop_id, expires_at) where status = 'HELD';
create index reservation_customer on reservation (shop_id, customer_id) where customer_id is not null;
create table offer_use (
  shop_id integer not null,
  reservation_id uuid not null,
  rule_id uuid not null,
  taken bigint not null check (taken >= 0),
  units jsonb not null check (jsonb_typeof(units) = 'object'),
  line_ids text[] not null,
  returns_restore boolean not null,
  given_back_at timestamptz,
  primary key (shop_id, reservation_id, rule_id),
  foreign key (shop_id, reservation_id) references reservation (shop_id, id),
  foreign key (shop_id, rule_id) references rule_usage (shop_id, rule_id)
);
create index offer_use_rule on offer_use (shop_id, rule_id, reservation_id);
`

const RETURN = `
create table order_return (
  shop_id integer not null,
  external_id text not null,
  order_id uuid not null,
  input_hash bytea not null check (length(input_hash) = 32),
  amount bigint not null check (amount >= 0),
  lines jsonb not null check (jsonb_typeof(lines) = 'array'),
  gifts_due jsonb not null check (jsonb_typeof(gifts_due) = 'array'),
  returned_at timestamptz not null,
  primary key (shop_id, external_id),
  foreign key (shop_id, order_id) references shop_order (shop_id, id)
);
create index order_return_order on order_return (shop_id, order_id);
`

const IDEMPOTENCY = `
create table idempotency_key (
  shop_id integer not null references price_book,
  operation text not null check (operation in ('reserve', 'commit', 'release')),
  key text not null check (length(key) between 8 and 128),
  input_hash bytea not null check (length(input_hash) = 32),
  reservation_id uuid not null,
  kept_at timestamptz not null,
  primary key (shop_id, operation, key),
  foreign key (shop_id, reservation_id) references reservation (shop_id, id)
);
create index idempotency_key_age on idempotency_key (shop_id, kept_at)
`
