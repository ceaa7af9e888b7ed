import { Migration } from '@mikro-orm/migrations'

/**
 * Customers' rights to use a CODE offer. What became of a coupon is written nowhere: it follows from what is said of it here
 * and from the use of its offer that names it, of which there is at most one that was not given back.
 */
export class Coupons extends Migration {
  override up(): void {
    for (const statement of [COUPON, USE, IDEMPOTENCY].flatMap((text) => text.split(/;\n/)))
      if (statement.trim() !== '') this.addSql(statement)
  }
}

const COUPON = `
create table coupon_batch (
  shop_id integer not null,
  id uuid not null,
  rule_id uuid not null,
  codes integer not null check (codes > 0),
  valid_until timestamptz,
  created_at timestamptz not null,
  primary key (shop_id, id),
  foreign key (shop_id, rule_id) references rule (shop_id, id)
);
create index coupon_batch_rule on coupon_batch (shop_id, rule_id, id);
create table coupon (
  shop_id integer not null,
  id uuid not null,
  code text collate "C" not null,
  code_key text collate "C" not null,
  rule_id uuid not null,
  customer_id uuid,
  batch_id uuid,
  claimed boolean not null default false,
  issued_at timestamptz not null,
  valid_until timestamptz,
  revoked_at timestamptz,
  primary key (shop_id, id),
  unique (shop_id, code_key),
  foreign key (shop_id, rule_id) references rule (shop_id, id),
  foreign key (shop_id, customer_id) references customer (shop_id, id),
  foreign key (shop_id, batch_id) references coupon_batch (shop_id, id),
  check (customer_id is not null or batch_id is not null)
);
create index coupon_customer on coupon (shop_id, customer_id, id) where customer_id is not null;
create index coupon_rule on coupon (shop_id, rule_id, id) where customer_id is not null;
create index coupon_of_batch on coupon (shop_id, batch_id, id) where batch_id is not null;
create table coupon_claims (
  shop_id integer not null,
  rule_id uuid not null,
  claimed integer not null default 0 check (claimed >= 0),
  primary key (shop_id, rule_id),
  foreign key (shop_id, rule_id) references rule (shop_id, id)
);
`

const USE = `
alter table offer_use add column coupon_id uuid;
alter table offer_use add foreign key (shop_id, coupon_id) references coupon (shop_id, id);
create unique index offer_use_coupon on offer_use (shop_id, coupon_id) where coupon_id is not null and given_back_at is null;
`

const IDEMPOTENCY = `
alter table idempotency_key drop constraint idempotency_key_operation_check;
alter table idempotency_key add constraint idempotency_key_operation_check check (operation in ('reserve', 'commit', 'release', 'claim'));
alter table idempotency_key alter column reservation_id drop not null;
alter table idempotency_key add column coupon_id uuid;
alter table idempotency_key add foreign key (shop_id, coupon_id) references coupon (shop_id, id);
alter table idempotency_key add check ((operation = 'claim') = (coupon_id is not null) and (operation = 'claim') = (reservation_id is null))
`
