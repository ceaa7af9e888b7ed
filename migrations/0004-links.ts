import { Migration } from '@mikro-orm/migrations'

/**
 * Private purchase links. Of a token only its SHA-256 is here. `uses` follows from `link_use`: what is held and what became
 * an order; the check says again that a link is never used more often than it may be.
 */
export class Links extends Migration {
  override up(): void {
    for (const statement of [SHOP, LINK, USE].flatMap((text) => text.split(/;\n/))) if (statement.trim() !== '') this.addSql(statement)
  }
}

const SHOP = `
alter table shop add column private_link_page text;
`

const LINK = `
create table private_link (
  shop_id integer not null references shop,
  id uuid not null,
  token_hash bytea not null check (length(token_hash) = 32),
  name text not null,
  note text,
  message text,
  names_people boolean not null,
  audience text,
  items jsonb not null check (jsonb_typeof(items) = 'array'),
  valid_from timestamptz,
  valid_until timestamptz,
  max_uses integer check (max_uses > 0),
  max_uses_per_customer integer check (max_uses_per_customer > 0),
  uses integer not null default 0 check (uses >= 0),
  opens integer not null default 0 check (opens >= 0),
  batch_id uuid,
  created_at timestamptz not null,
  revoked_at timestamptz,
  primary key (shop_id, id),
  unique (shop_id, token_hash),
  check (valid_from < valid_until),
  check (uses <= max_uses)
);
create index private_link_batch on private_link (shop_id, batch_id, id) where batch_id is not null;
create table private_link_customer (
  shop_id integer not null,
  link_id uuid not null,
  customer_id uuid not null,
  primary key (shop_id, link_id, customer_id),
  foreign key (shop_id, link_id) references private_link (shop_id, id),
  foreign key (shop_id, customer_id) references customer (shop_id, id)
);
create index private_link_customer_person on private_link_customer (shop_id, customer_id, link_id);
`

const USE = `
create table link_use (
  shop_id integer not null,
  reservation_id uuid not null,
  link_id uuid not null,
  state text not null check (state in ('HELD', 'USED', 'GIVEN_BACK')),
  taken bigint not null check (taken >= 0),
  line_ids text[] not null,
  primary key (shop_id, reservation_id),
  foreign key (shop_id, reservation_id) references reservation (shop_id, id),
  foreign key (shop_id, link_id) references private_link (shop_id, id)
);
create index link_use_link on link_use (shop_id, link_id, reservation_id);
create index link_use_held on link_use (shop_id, link_id) where state = 'HELD'
`
