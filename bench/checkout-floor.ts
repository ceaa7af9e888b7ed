import { CODES, CUSTOMERS } from './checkout-shop.ts'

// The floor of a checkout: a script for pgbench that writes the rows which one reserve and one commit write, into the same
// tables, in two transactions, and decides nothing. It reads what it writes about from two small tables of its own.

/** What the script reads: customers of its own (so that both sides' customers have as many orders), offers, and a priced cart as it is kept. */
export const FLOOR_TABLES = `
create table bench_customer as select row_number() over (order by id) - 1 as n, shop_id, id from customer where external_id like 'floor-%';
alter table bench_customer add primary key (n);
create table bench_rule as select substr(code, 6)::integer as n, id from rule where code ~ '^code-[0-9]+$';
alter table bench_rule add primary key (n);
create table bench_cart as
  select h.shop_id, (select id from rule r where r.shop_id = h.shop_id and r.code = 'everybody') as everybody, h.quote
  from reservation h limit 1;
analyze bench_customer; analyze bench_rule; analyze bench_cart`

/** `run`: apart in each round, so that ids and names are new. */
export const floorScript = (run: number) => `
\\set n :n + 1
\\set customer random(0, ${CUSTOMERS - 1})
\\set code random(0, ${CODES - 1})
begin;
insert into reservation (shop_id, id, customer_id, status, quote, reserved_at, expires_at)
  select c.shop_id, ${id(run)}, u.id, 'HELD', c.quote, now(), now() + interval '900 seconds' from bench_cart c, bench_customer u where u.n = :customer::integer;
insert into idempotency_key (shop_id, operation, key, input_hash, reservation_id, kept_at)
  select shop_id, 'reserve', 'floor-reserve-' || ${name(run)}, sha256('x'), ${id(run)}, clock_timestamp() from bench_cart;
insert into offer_use (shop_id, reservation_id, rule_id, taken, units, line_ids, returns_restore)
  select shop_id, ${id(run)}, (select id from bench_rule where n = :code::integer), 1000, '{"A": 1}'::jsonb, '{line-A}'::text[], false from bench_cart
  union all
  select shop_id, ${id(run)}, everybody, 1000, '{"A": 1, "B": 2, "C": 3}', '{line-A,line-B,line-C}', false from bench_cart;
insert into customer_rule_usage as u (shop_id, customer_id, rule_id, uses)
  select c.shop_id, b.id, r.id, 1 from bench_cart c, bench_customer b, (select id from bench_rule where n = :code::integer union all select everybody from bench_cart) r
  where b.n = :customer::integer
  on conflict (shop_id, customer_id, rule_id) do update set uses = u.uses + 1;
insert into customer_rule_units as u (shop_id, customer_id, rule_id, sku, units)
  select c.shop_id, b.id, coalesce(s.rule, c.everybody), s.sku, s.units
  from bench_cart c, bench_customer b, (select id as rule, 'A' as sku, 1 as units from bench_rule where n = :code::integer
    union all values (null::uuid, 'A', 1), (null, 'B', 2), (null, 'C', 3)) s
  where b.n = :customer::integer
  on conflict (shop_id, customer_id, rule_id, sku) do update set units = u.units + excluded.units;
update rule_usage u set uses = uses + 1, taken = taken + 1000 from bench_cart c, bench_rule r where u.shop_id = c.shop_id and r.n = :code::integer and u.rule_id = r.id;
update rule_usage u set uses = uses + 1, taken = taken + 1000 from bench_cart c where u.shop_id = c.shop_id and u.rule_id = c.everybody;
commit;
begin;
insert into shop_order (shop_id, id, external_id, customer_id, placed_at, status, total, units, skus, counted, recorded_at, committed)
  select b.shop_id, ${id(run)}, 'floor-' || ${name(run)}, b.id, now(), 'PAID', 70000, 6, 3, true, now(), true from bench_customer b where b.n = :customer::integer;
insert into order_line (shop_id, order_id, line_id, position, sku, quantity, unit_price, total)
  select c.shop_id, ${id(run)}, 'line-' || l.sku, l.position, l.sku, l.position + 1, l.price, l.price * (l.position + 1)
  from bench_cart c, (values (0, 'A', 9000), (1, 'B', 11500), (2, 'C', 13000)) l (position, sku, price);
insert into customer_statistics as s (shop_id, customer_id, number_of_orders, amount_spent, largest_order_amount, first_order_at, last_order_at)
  select b.shop_id, b.id, 1, 70000, 70000, now(), now() from bench_customer b where b.n = :customer::integer
  on conflict (shop_id, customer_id) do update set number_of_orders = s.number_of_orders + 1, amount_spent = s.amount_spent + excluded.amount_spent,
    last_order_at = greatest(s.last_order_at, excluded.last_order_at);
update reservation h set status = 'COMMITTED', order_id = ${id(run)}, ended_at = clock_timestamp() from bench_cart c where h.shop_id = c.shop_id and h.id = ${id(run)};
insert into idempotency_key (shop_id, operation, key, input_hash, reservation_id, kept_at)
  select shop_id, 'commit', 'floor-commit-' || ${name(run)}, sha256('x'), ${id(run)}, clock_timestamp() from bench_cart;
commit;
`

/** Rising within a client, as the ids that the product makes rise. */
const id = (run: number) =>
  `(lpad(to_hex(${run}), 8, '0') || lpad(to_hex(:n::integer), 16, '0') || lpad(to_hex(:client_id::integer), 8, '0'))::uuid`
const name = (run: number) => `'${run}-' || :client_id::integer || '-' || :n::integer`
