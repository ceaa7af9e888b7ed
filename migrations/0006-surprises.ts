import { Migration } from '@mikro-orm/migrations'

/**
 * What was drawn when orders were committed, with all that is needed to draw it again: the seed, the offer's code, and the
 * prizes with their odds in the order in which they were declared. Written once, never changed.
 */
export class Surprises extends Migration {
  override up(): void {
    for (const statement of [SURPRISE, RETURN].flatMap((text) => text.split(/;\n/))) if (statement.trim() !== '') this.addSql(statement)
  }
}

const SURPRISE = `
create table order_surprise (
  shop_id integer not null,
  order_id uuid not null,
  offer_code text collate "C" not null,
  offer_name text not null,
  position integer not null check (position >= 0),
  seed bytea not null check (length(seed) = 32),
  prizes jsonb not null check (jsonb_typeof(prizes) = 'array' and jsonb_array_length(prizes) > 0),
  prize_name text,
  gift_sku text collate "C",
  gift_quantity integer check (gift_quantity > 0),
  amount bigint check (amount > 0),
  primary key (shop_id, order_id, offer_code),
  unique (shop_id, order_id, position),
  foreign key (shop_id, order_id) references shop_order (shop_id, id),
  check ((gift_sku is null) = (gift_quantity is null)),
  check ((prize_name is not null)::integer = (gift_sku is not null)::integer + (amount is not null)::integer)
);
`

const RETURN = `
alter table order_return add column amount_due bigint not null default 0 check (amount_due >= 0);
`
