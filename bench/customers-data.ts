/**
 * SQL that fills the bootstrap shop with customers and orders, set-based: few buy very often, most once or twice, over three
 * years. Deterministic but for ids. Secondary indexes are dropped while rows go in, and made again as they were.
 */
export const dataScript = (customers: number, orders: number): string => `
set synchronous_commit = off; set maintenance_work_mem = '1GB'; set work_mem = '256MB'; set session_replication_role = replica;
select setseed(0.42);
create temp table shop_now as select id from shop where code = 'main';
create temp table kept as
  select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as made
  from pg_index where not indisprimary and indrelid in ('shop_order'::regclass, 'order_line'::regclass, 'customer'::regclass)
    and not exists (select 1 from pg_constraint where conindid = indexrelid);
do $$ declare k record; begin for k in select * from kept loop execute 'drop index ' || k.name; end loop; end $$;
insert into product (shop_id, sku, name, list_price, cost_price, brand, categories, updated_at)
  select s.id, 'sku-' || i, 'Product ' || i, 500 + i * 37 % 9500, 300 + i * 37 % 5000, 'brand-' || i % 40,
         array['root-' || i % 12 || '/leaf-' || i % 60], now()
  from shop_now s, generate_series(0, 1999) i;
create temp table people as select i, gen_random_uuid() as id from generate_series(1, ${customers}) i;
create unique index on people (i);
insert into customer (shop_id, id, external_id, name, email, kind, gender, birth_date, country, city, source, registered_at, created_at, attributes)
  select s.id, p.id, 'c' || p.i, 'Customer ' || p.i, 'c' || p.i || '@example.com', case when p.i % 9 = 0 then 'ENTERPRISE' else 'INDIVIDUAL' end,
         (array['FEMALE', 'MALE', null])[1 + p.i % 3], date '1950-01-01' + (p.i::bigint * 7919 % 20000)::integer, (array['CN', 'GB', 'DE', 'US'])[1 + p.i % 4],
         'city-' || p.i % 200, (array['web', 'shop', 'market', 'friend'])[1 + p.i % 4], timestamptz '2023-11-01' + p.i % 1000 * interval '1 day', now(),
         jsonb_build_object('size', (array['S', 'M', 'L'])[1 + p.i % 3])
  from shop_now s, people p;
insert into customer_tag (shop_id, customer_id, tag_key, tag) select s.id, p.id, t, t
  from shop_now s, people p cross join lateral (values ('tag-' || p.i % 20)) v (t) where p.i % 4 = 0;
create temp table placed as
  select n, gen_random_uuid() as id, 1 + floor(${customers} * random() ^ 2.2)::integer as buyer,
         date_trunc('second', timestamptz '2023-11-01' + random() * interval '1110 days') as at, 500 + (n::bigint * 7919 % 9500) as u, 1 + n % 3 as q
  from generate_series(1, ${orders}) n;
insert into shop_order (shop_id, id, external_id, customer_id, placed_at, status, channel, total, units, skus, counted, recorded_at)
  select s.id, o.id, 'o' || o.n, p.id, o.at, 'PAID', (array['web', 'shop', 'market'])[1 + o.n % 3],
         o.u * o.q + case when o.n % 3 = 0 then 700 else 0 end, o.q + case when o.n % 3 = 0 then 1 else 0 end,
         case when o.n % 3 = 0 and o.n * 30 % 2000 <> 0 then 2 else 1 end, true, now()
  from shop_now s, placed o join people p on p.i = least(o.buyer, ${customers});
insert into order_line (shop_id, order_id, line_id, position, sku, quantity, unit_price, total, cost_price)
  select s.id, o.id, '0', 0, 'sku-' || o.n % 2000, o.q, o.u, o.u * o.q, o.u * 6 / 10 from shop_now s, placed o
  union all
  select s.id, o.id, '1', 1, 'sku-' || o.n * 31 % 2000, 1, 700, 700, 420 from shop_now s, placed o where o.n % 3 = 0;
do $$ declare k record; begin for k in select * from kept loop execute k.made; end loop; end $$;
set session_replication_role = origin;
`

/** What an import ends with: the planner knows the tables, and index-only scans may trust them. */
export const SETTLE = [
  'vacuum (analyze) shop_order',
  'vacuum (analyze) order_line',
  'vacuum (analyze) customer',
  'vacuum (analyze) customer_tag',
  'analyze',
] as const
