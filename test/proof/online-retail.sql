-- The figures of a shop, worked out from the rows of UCI Online Retail (D. Chen, CC BY 4.0) and nothing else. This shares nothing
-- with src/: figures.test.ts lays it beside what the product says (npm run prove:figures -- online_retail.csv.gz). Definitions
-- are stated where they are used. Every view figure_* has rows (key, value), one a number.
--
-- To run it by hand: fill the table below (psql: \copy raw from program 'gzip -dc online_retail.csv.gz' with (format csv, header)),
-- then run the rest.

set time zone 'UTC';

-- As of when the shop is looked at: midnight of its own clock (London, where it is winter time).
create table as_of as select timestamptz '2011-12-10 00:00:00 Europe/London' as now, date '2011-12-10' as today;

-- The file, all as text. Its times are the shop's wall clock.
create table raw (
  "InvoiceNo" text, "StockCode" text, "Description" text, "Quantity" text, "InvoiceDate" text, "UnitPrice" text, "CustomerID" text, "Country" text
);
-- ==== loaded ====

-- Rows that say what a known customer bought: not of a cancelled invoice (C…), of somebody, not given back, not given away.
-- Exact duplicates stay: an invoice may have the same line twice. A line costs quantity x price, rounded once to the penny,
-- half up (prices have up to three decimals). Amounts are pence from here on.
create table line as
select "InvoiceNo" as invoice, "CustomerID" as customer, "InvoiceDate"::timestamp as wall,
       floor("Quantity"::numeric * "UnitPrice"::numeric * 100 + 0.5)::bigint as pence
from raw
where "InvoiceNo" not like 'C%' and coalesce("CustomerID", '') <> '' and "Quantity"::numeric > 0 and "UnitPrice"::numeric > 0;

-- An invoice is an order. Some bear two times: the earlier one counts.
create table purchase as
select invoice, min(customer) as customer, min(wall) as wall, min(wall) at time zone 'Europe/London' as at, sum(pence)::bigint as pence
from line group by invoice;

-- Days (24 hours each, fractions count) from a customer's order to the next one; `nth`: the order's number in the customer's history.
create table step as
select customer, invoice, at, pence, row_number() over history as nth, lead(at) over history as next_at,
       extract(epoch from at - lag(at) over history)::double precision / 86400 as days
from purchase window history as (partition by customer order by at, invoice);
create index on step (customer, nth);
create index on purchase (customer, at);
analyze;

create table buyer as
select customer, count(*) as orders, sum(pence)::bigint as spent, min(wall) as first_wall, max(wall) as last_wall, max(at) as last_at
from purchase group by customer;

create view figure_shop as
select 'orders' as key, count(*)::double precision as value from purchase
union all select 'customers', count(*) from buyer
union all select 'revenue in pence', sum(pence) from purchase;

-- How many customers have ordered so often; 100: a hundred times or more.
create view figure_orders_per_customer as
select least(orders, 100)::text as key, count(*)::double precision as value from buyer group by 1;

create table percent (percent integer);
insert into percent values (0), (1), (5), (10), (25), (50), (75), (90), (95), (99), (100);

-- Pence, interpolated between two orders, rounded half up to whole ones.
create view figure_order_value as
select percent::text as key,
       floor((select percentile_cont(percent / 100.0::double precision) within group (order by pence::double precision) from purchase) + 0.5) as value
from percent;

create view figure_interval_days as
select percent::text as key, (select percentile_cont(percent / 100.0::double precision) within group (order by days) from step) as value from percent;

-- The best fifth: the customers, rounded up, who spent most. And the fewest who together brought four fifths.
create table ranked as
select customer, spent, row_number() over best as place, sum(spent) over best as together, count(*) over () as customers, sum(spent) over () as revenue
from buyer window best as (order by spent desc, customer rows unbounded preceding);

create view figure_best_fifth as
select 'customers' as key, ceil(max(customers) * 0.2)::double precision as value from ranked
union all select 'revenue in pence', max(together) from ranked where place <= ceil(customers * 0.2)
union all select 'share', max(together)::double precision / max(revenue)::double precision from ranked where place <= ceil(customers * 0.2)
union all select 'customers for 80 %', min(place) from ranked where together >= 0.8 * revenue;

-- Repeat customers: two orders or more. Came back within N days (24 hours each): asked of those whose first order is N days ago.
create view figure_repeat as
select 'customers' as key, count(*)::double precision as value from buyer
union all select 'bought again', count(*) from buyer where orders >= 2
union all select 'rate', avg((orders >= 2)::integer)::double precision from buyer
union all select 'first order ' || n || ' days ago', count(*) from step, as_of, unnest(array[7, 30, 60, 90, 180, 365]) n
  where nth = 1 and extract(epoch from now - at) >= n * 86400 group by n
union all select 'back within ' || n || ' days', count(*) filter (where extract(epoch from next_at - at) <= n * 86400)
  from step, as_of, unnest(array[7, 30, 60, 90, 180, 365]) n where nth = 1 and extract(epoch from now - at) >= n * 86400 group by n;

-- Signs of health. The year: 365 days of 24 hours before. Returning: who bought in the year and had bought before. Second order: of
-- customers whose first order is 90 to 455 days back. Dormant: no order in the year.
create table in_year as
select b.customer, b.orders, count(p.invoice) as orders_in_year, coalesce(sum(p.pence), 0) as pence, extract(epoch from min(s.next_at - s.at)) / 86400 as first_gap,
       extract(epoch from min(now) - min(s.at)) / 86400 as first_ago
from buyer b cross join as_of join step s on s.customer = b.customer and s.nth = 1
left join purchase p on p.customer = b.customer and extract(epoch from now - p.at) <= 365 * 86400 group by b.customer, b.orders;

create view figure_diagnosis as
select 'yearlyCustomers' as key, count(*)::double precision as value from in_year where orders_in_year > 0
union all select 'returningShare', avg((orders >= 2)::integer) from in_year where orders_in_year > 0
union all select 'top20Share', sum(pence) filter (where place <= ceil(n * 0.2)) / sum(pence)
  from (select pence, row_number() over (order by pence desc) as place, count(*) over () as n from in_year where orders_in_year > 0) y
union all select 'secondOrderRate', avg((coalesce(first_gap, 1000) <= 90)::integer) from in_year where first_ago > 90 and first_ago <= 455
union all select 'dormantShare', avg((orders_in_year = 0)::integer) from in_year;

-- Customers by the month of their first order; who of them bought, and for how much, so many months later. Months of the wall clock.
create table monthly as
select b.customer, to_char(b.first_wall, 'YYYY-MM') as cohort,
       (extract(year from p.wall) * 12 + extract(month from p.wall) - extract(year from b.first_wall) * 12 - extract(month from b.first_wall))::integer as later,
       sum(p.pence) as pence, count(*) as orders
from purchase p join buyer b using (customer) group by b.customer, cohort, later;

create view figure_cohorts as
select cohort || ' + ' || later || ' customers' as key, count(*)::double precision as value from monthly group by cohort, later
union all select cohort || ' + ' || later || ' pence', sum(pence) from monthly group by cohort, later;

-- New: the customer's first order is of this month.
create view figure_new_and_returning as
select month || ' ' || what as key, value::double precision from (
  select to_char((cohort || '-01')::date + make_interval(months => later), 'YYYY-MM') as month,
         count(*) filter (where later = 0) as fresh, count(*) filter (where later > 0) as back,
         coalesce(sum(pence) filter (where later = 0), 0) as fresh_pence, coalesce(sum(pence) filter (where later > 0), 0) as back_pence,
         sum(orders) as orders
  from monthly group by 1
) m cross join lateral (values ('new', fresh), ('returning', back), ('new pence', fresh_pence), ('returning pence', back_pence), ('orders', orders)) v (what, value);

-- By the wall clock: 1 Monday to 7 Sunday, and the hour that begins so.
create view figure_weekday_hour as
select extract(isodow from wall) || ' ' || extract(hour from wall) || ' ' || what as key, value::double precision from (
  select date_trunc('hour', min(wall)) as wall, count(*) as orders, count(distinct customer) as customers, sum(pence) as pence
  from purchase group by extract(isodow from wall), extract(hour from wall)
) h cross join lateral (values ('orders', orders), ('customers', customers), ('pence', pence)) v (what, value);

-- RFM scores: min(5, 1 + floor(5 * customers with a strictly worse value / customers)): of the last order's instant, the number
-- of orders, the amount.
create table scored as
select b.*, least(5, 1 + floor(5 * r.worse / n)) as r, least(5, 1 + floor(5 * f.worse / n)) as f, least(5, 1 + floor(5 * m.worse / n)) as m
from buyer b
join (select last_at, sum(count(*)) over (order by last_at) - count(*) as worse from buyer group by last_at) r using (last_at)
join (select orders, sum(count(*)) over (order by orders) - count(*) as worse from buyer group by orders) f using (orders)
join (select spent, sum(count(*)) over (order by spent) - count(*) as worse from buyer group by spent) m using (spent)
cross join (select count(*)::numeric as n from buyer) n;

-- The map from R (rows) and FM, the mean of F and M rounded half up, to groups.
create table map (r integer, groups text[]);
insert into map values
  (5, '{NEW,NEW,ACTIVE,LOYAL,CHAMPIONS}'),
  (4, '{PROMISING,PROMISING,ACTIVE,LOYAL,LOYAL}'),
  (3, '{PROMISING,NEEDS_ATTENTION,NEEDS_ATTENTION,LOYAL,LOYAL}'),
  (2, '{ALMOST_LOST,ALMOST_LOST,AT_RISK,AT_RISK,AT_RISK}'),
  (1, '{DORMANT,DORMANT,DORMANT,PREVIOUSLY_LOYAL,PREVIOUSLY_LOYAL}');

create table grouped as
select s.*, map.groups[floor((s.f + s.m) / 2 + 0.5)::integer] as rfm_group from scored s join map on map.r = s.r;

-- A rhythm: m and q, the median and 90th percentile of the days between orders; own where there are at least 4 intervals, else the
-- shop's where that has 50 (the file knows no categories), else 30 and 90. m is at least 1 day, q at least 1.5 m.
create function rhythm(m double precision, q double precision, out m1 double precision, out q1 double precision)
language sql immutable as 'select greatest(m, 1), greatest(q, 1.5 * greatest(m, 1))';

create table shop_rhythm as
select case when n >= 50 then 'SHOP' else 'DEFAULT' end as source, case when n >= 50 then m else 30 end as m, case when n >= 50 then q else 90 end as q
from (select count(days) as n, percentile_cont(0.5) within group (order by days) as m, percentile_cont(0.9) within group (order by days) as q from step) s;

create table own_rhythm as
select customer, percentile_cont(0.5) within group (order by days) as m, percentile_cont(0.9) within group (order by days) as q
from step group by customer having count(days) >= 4;

-- Where d days since the last order are, one order or more, in a rhythm.
create function state(orders bigint, d double precision, m double precision, q double precision) returns text
language sql immutable as $$
  select case when d > 4 * q then 'CHURNED' when d > 2 * q then 'DORMANT' when d > q then 'AT_RISK'
              when orders >= 2 then 'ACTIVE' when d > m then 'AT_RISK' else 'NEW' end $$;

-- `state`: by their own rhythm; `shop_state`: as if one rhythm held for the whole shop.
create table known as
select g.*, d.silent, case when o.customer is null then w.source else 'OWN' end as source, own.m1 as rhythm_m, own.q1 as rhythm_q, shop.q1 as shop_q,
       state(g.orders, d.silent, own.m1, own.q1) as state, state(g.orders, d.silent, shop.m1, shop.q1) as shop_state,
       k.place <= ceil(k.customers * 0.2) as best
from grouped g join ranked k using (customer) left join own_rhythm o using (customer) cross join shop_rhythm w cross join as_of
cross join lateral (select extract(epoch from now - g.last_at)::double precision / 86400 as silent) d
cross join lateral rhythm(coalesce(o.m, w.m), coalesce(o.q, w.q)) own cross join lateral rhythm(w.m, w.q) shop;

create view figure_rfm_grid as
select concat_ws(' ', r, f, m, rfm_group, what) as key, value::double precision
from (select r, f, m, rfm_group, count(*) as customers, sum(spent) as pence from grouped group by 1, 2, 3, 4) c
cross join lateral (values ('customers', customers), ('pence', pence)) v (what, value);
create view figure_rfm_groups as select rfm_group as key, count(*)::double precision as value from grouped group by 1;
create view figure_lifecycle as select state as key, count(*)::double precision as value from known group by 1;
create view figure_lifecycle_by_one_rhythm as select shop_state as key, count(*)::double precision as value from known group by 1;

-- Everybody one by one: scores, group, state and whose rhythm (as a text), and the rhythm.
create view customers as
select customer, concat_ws(' ', r, f, m, rfm_group, state, source) as standing, rhythm_m, rhythm_q from known;

-- The ready-made programmes of tiers. A threshold is a percentile of the shop's own buyers, in whole pounds (orders, days), rounded up to
-- two digits. A customer is in the highest tier that they qualify for; nobody had one before.
create function rounded_up(figure double precision) returns double precision language sql immutable as $$
  select case when figure <= 10 then ceil(figure) else ceil(figure / 10 ^ (floor(log(figure)) - 1)) * 10 ^ (floor(log(figure)) - 1) end $$;

-- By what was spent within 365 days (24 hours each): more than 50, 80 and 95 % of the year's buyers. Bronze is who bought at all. For the tiers
-- the year begins at the midnight 365 days ago.
create table yearly_threshold as
select rounded_up(percentile_cont(0.5) within group (order by pence / 100.0)) as silver, rounded_up(percentile_cont(0.8) within group (order by pence / 100.0)) as gold,
       rounded_up(percentile_cont(0.95) within group (order by pence / 100.0)) as platinum
from in_year where orders_in_year > 0;

create view figure_tiers_by_yearly_spend as
select 'from pounds ' || code as key, value from yearly_threshold t cross join lateral (values ('silver', silver), ('gold', gold), ('platinum', platinum)) v (code, value)
union all
select case when spent >= platinum then 'platinum' when spent >= gold then 'gold' when spent >= silver then 'silver' else 'bronze' end, count(*)
from (select customer, sum(pence) / 100.0 as spent from purchase, as_of where wall >= today - 365 group by customer) y cross join yearly_threshold group by 1;

-- By importance: ordinary who has bought; potential whose orders are large (more than 60 % of buyers have, on the average); important who spent
-- much (more than 60 %) and came back; key who spent very much (80 %), with large and many orders (60 %), and is no newcomer (40 %).
create table importance_threshold as
select rounded_up(percentile_cont(0.8) within group (order by spent / 100.0)) as key_total, rounded_up(percentile_cont(0.6) within group (order by spent / 100.0)) as important_total,
       rounded_up(percentile_cont(0.6) within group (order by spent / 100.0 / orders)) as typical_order,
       greatest(2, rounded_up(percentile_cont(0.6) within group (order by orders))) as orders,
       greatest(30, rounded_up(percentile_cont(0.4) within group (order by extract(epoch from now - first_at) / 86400))) as tenure
from (select b.customer, b.orders, b.spent, s.at as first_at from buyer b join step s on s.customer = b.customer and s.nth = 1) b cross join as_of;

create view figure_tiers_by_importance as
select 'from ' || code as key, value from importance_threshold cross join lateral
  (values ('key-total', key_total), ('important-total', important_total), ('typical-order', typical_order), ('orders', orders), ('tenure', tenure)) v (code, value)
union all
select case when b.spent >= 100 * key_total and b.spent >= 100 * typical_order * b.orders and b.orders >= t.orders and today - first_wall::date >= tenure then 'key'
            when b.spent >= 100 * important_total and b.orders >= 2 then 'important'
            when b.spent >= 100 * typical_order * b.orders then 'potential' else 'ordinary' end, count(*)
from buyer b cross join importance_threshold t cross join as_of group by 1;

-- Segments that are ready-made. Days are those of the wall clock. Class A: those who spent strictly more bring less than 80 %.
create view figure_segments as
with told as (
  select k.*, today - last_wall::date as days_ago, today - first_wall::date as first_days_ago,
         (select count(*) from purchase p where p.customer = k.customer and p.wall >= today - 180) as half_year,
         coalesce((select max(r.together) from ranked r where r.spent > k.spent), 0) < 0.8 * (select sum(spent) from buyer) as class_a,
         state in ('AT_RISK', 'DORMANT', 'CHURNED') as is_silent
  from known k cross join as_of
)
select 'bought-again-once' as key, count(*)::double precision as value from told where orders = 2 and is_silent
union all select 'first-order-not-followed', count(*) from told where orders = 1 and days_ago between 21 and 120
union all select 'key-customers-silent', count(*) from told where class_a and orders >= 3 and is_silent
union all select 'regulars', count(*) from told where half_year >= 3
union all select 'back-this-month', count(*) from told where orders >= 2 and days_ago <= 30
union all select 'new-customers', count(*) from told where first_days_ago <= 30;

-- The best fifth in each life cycle, by their own rhythm (first word) and by the shop's one (second word).
create view figure_best_fifth_both_ways as
select state || ' ' || shop_state || ' ' || what as key, value::double precision
from (select state, shop_state, count(*) as customers, sum(spent) as pence from known where best group by 1, 2) b
cross join lateral (values ('customers', customers), ('pence', pence)) v (what, value);
