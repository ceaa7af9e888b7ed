-- The best customers under their own rhythm against one rhythm for the whole shop. After online-retail.sql. Views rhythm_* have
-- rows (finding, value) in the order in which they are to be read.

create function told(customers bigint, pence numeric) returns text
language sql immutable as $$ select customers || ', ' || round(coalesce(pence, 0) / 100) $$;

-- 1. As of the last day. For each of the best fifth with a rhythm of their own: the day after the last order on which each rule
-- first says AT_RISK is the one on which the silence is longer than its q. Earlier = shop's q - own q, in days.
create view rhythm_1_today as
select finding, value from (
  select 1 as i, 'best fifth: customers' as finding, count(*)::text as value from known where best
  union all select 2, 'of them with a rhythm of their own (5 orders or more)', count(*)::text from known where best and source = 'OWN'
  union all select 3, 'the shop''s m and q in days', round(m::numeric, 1) || ' and ' || round(q::numeric, 1) from shop_rhythm
  union all select 4, 'own q in days: 10th, 25th, 50th, 75th, 90th percentile',
    array_to_string(array(select round(p::numeric, 1) from unnest(percentile_cont(array[0.1, 0.25, 0.5, 0.75, 0.9]) within group (order by rhythm_q)) p), ', ')
    from known where best and source = 'OWN'
  union all select 5, 'would be seen at risk earlier by their own rhythm: customers', count(*)::text from known where best and source = 'OWN' and rhythm_q < shop_q
  union all select 6, 'their revenue, of that of the best fifth in %',
    round(100 * sum(spent) filter (where source = 'OWN' and rhythm_q < shop_q) / sum(spent), 1)::text from known where best
  union all select 7, 'earlier by days: 10th, 25th, 50th, 75th, 90th percentile',
    array_to_string(array(select round(p::numeric, 1) from unnest(percentile_cont(array[0.1, 0.25, 0.5, 0.75, 0.9]) within group (order by shop_q - rhythm_q)) p), ', ')
    from known where best and source = 'OWN' and rhythm_q < shop_q
  union all select 8, 'would be seen later: customers; the median of days', count(*) || '; ' || coalesce(round(percentile_cont(0.5) within group (order by rhythm_q - shop_q)::numeric, 1)::text, '-')
    from known where best and source = 'OWN' and rhythm_q > shop_q
  union all select 9, 'today at risk, dormant or churned by their own rhythm: customers, pounds', told(count(*), sum(spent))
    from known where best and state in ('AT_RISK', 'DORMANT', 'CHURNED')
  union all select 10, 'by the shop''s one rhythm', told(count(*), sum(spent)) from known where best and shop_state in ('AT_RISK', 'DORMANT', 'CHURNED')
  union all select 11, 'by their own alone', told(count(*), sum(spent))
    from known where best and state in ('AT_RISK', 'DORMANT', 'CHURNED') and shop_state not in ('AT_RISK', 'DORMANT', 'CHURNED')
  union all select 12, 'by the shop''s alone', told(count(*), sum(spent))
    from known where best and shop_state in ('AT_RISK', 'DORMANT', 'CHURNED') and state not in ('AT_RISK', 'DORMANT', 'CHURNED')
) f order by i;

-- 2. Over the year, by nothing but what was known at the time. For each day: who is of the best fifth by what was spent before its
-- midnight, and the shop's rhythm by intervals that had ended.
create table day as select d::date as day, d at time zone 'Europe/London' as midnight
from as_of, (select min(wall) as first from purchase) p, generate_series(date_trunc('day', first) + interval '1 day', today, interval '1 day') d;

create table best_on as
select day, customer, spent from (
  select day, customer, sum(pence) as spent, row_number() over (partition by day order by sum(pence) desc, customer) as place, count(*) over (partition by day) as customers
  from day join purchase on at < midnight group by day, customer
) r where place <= ceil(customers * 0.2);

create index on best_on (day, customer);
analyze;

create table shop_on as
select day, m1 as m, q1 as q from day
cross join lateral (select case when count(days) >= 50 then percentile_cont(0.5) within group (order by days) else 30 end as m,
                           case when count(days) >= 50 then percentile_cont(0.9) within group (order by days) else 90 end as q from step where at < midnight) s
cross join lateral rhythm(s.m, s.q);

-- Each order of one of the best with 4 intervals by then begins a silence, which ends with the next order or is open at the end. It
-- is called at risk by a rule if it becomes longer than the rule's q of the day after the order.
create table silence as
select s.customer, s.at, b.spent, own.q1 as own_q, w.q as shop_q, s.next_at is null as is_open,
       extract(epoch from coalesce(s.next_at, now) - s.at)::double precision / 86400 as days
from step s cross join as_of
join shop_on w on w.day = (s.at at time zone 'Europe/London')::date + 1
join best_on b on b.day = w.day and b.customer = s.customer
cross join lateral (select percentile_cont(0.5) within group (order by h.days) as m, percentile_cont(0.9) within group (order by h.days) as q
                    from step h where h.customer = s.customer and h.nth <= s.nth) o
cross join lateral rhythm(o.m, o.q) own
where s.nth >= 5;

create view rhythm_2_over_the_year as
select finding, value from (
  select 1 as i, 'silences of customers who were of the best fifth, with a rhythm of their own' as finding, count(*) || ' of ' || count(distinct customer) as value from silence
  union all select 2, 'called at risk by their own rhythm', count(*) || ' of ' || count(distinct customer) from silence where days > own_q
  union all select 3, 'called by the shop''s rhythm', count(*) || ' of ' || count(distinct customer) from silence where days > shop_q
  union all select 4, 'called by both, by their own first', count(*)::text from silence where days > own_q and days > shop_q and own_q < shop_q
  union all select 5, 'earlier by days: 10th, 25th, 50th, 75th, 90th percentile',
    array_to_string(array(select round(p::numeric, 1) from unnest(percentile_cont(array[0.1, 0.25, 0.5, 0.75, 0.9]) within group (order by shop_q - own_q)) p), ', ')
    from silence where days > own_q and days > shop_q and own_q < shop_q
  union all select 6, 'called by both, by the shop''s first', count(*) || ', by a median of ' || coalesce(round(percentile_cont(0.5) within group (order by own_q - shop_q)::numeric, 1)::text, '-')
    from silence where days > own_q and days > shop_q and own_q > shop_q
  union all select 7, 'called by their own alone', count(*) || ' of ' || count(distinct customer) from silence where days > own_q and days <= shop_q
  union all select 8, 'of these over by themselves within 7, 14, 30 days of the call in %',
    concat_ws(', ', round(100 * avg((not is_open and days <= own_q + 7)::integer)), round(100 * avg((not is_open and days <= own_q + 14)::integer)),
              round(100 * avg((not is_open and days <= own_q + 30)::integer))) from silence where days > own_q and days <= shop_q
  union all select 9, 'called by the shop''s alone', count(*) || ' of ' || count(distinct customer) from silence where days > shop_q and days <= own_q
) f order by i;

-- 3. Was it worth a call? Each Monday from April on, as long as 90 days follow: each of the best with a rhythm of their own is at
-- risk by a rule or not; fallen off: in the 90 days that follow they order less than half as often as they had until then.
create table monday as
select day, customer, own_q, shop_q, days, later < 0.5 * 90 * orders / span as fell, later = 0 as gone
from (
  select d.day, b.customer, w.q as shop_q, own.q1 as own_q, o.orders, extract(epoch from midnight - o.first_at)::double precision / 86400 as span,
         extract(epoch from midnight - o.last_at)::double precision / 86400 as days,
         (select count(*) from purchase p where p.customer = b.customer and p.at >= midnight and p.at < midnight + interval '90 days') as later
  from day d cross join as_of join best_on b using (day) join shop_on w using (day)
  cross join lateral (select count(*) as orders, min(at) as first_at, max(at) as last_at, percentile_cont(0.5) within group (order by h.days) as m,
                             percentile_cont(0.9) within group (order by h.days) as q
                      from step h where h.customer = b.customer and h.at < midnight) o
  cross join lateral rhythm(o.m, o.q) own
  where extract(isodow from d.day) = 1 and d.day >= date '2011-04-01' and d.day <= today - 90 and o.orders >= 5
) each;

-- As many as are at risk by their own rhythm that Monday, but those who have been silent longest, whoever they are: the best that one
-- number of days for everybody could do, if the shop knew it.
create view rhythm_3_worth as
with chosen as (
  select *, days > own_q as own, days > shop_q as shop,
         row_number() over (partition by day order by days desc, customer) <= count(*) filter (where days > own_q) over (partition by day) as longest
  from monday
), rule (i, rule, customer, day, called, fell, gone) as (
  select 2, 'at risk by their own rhythm', customer, day, own, fell, gone from chosen
  union all select 3, 'at risk by the shop''s rhythm', customer, day, shop, fell, gone from chosen
  union all select 4, 'as many as by their own, the longest silent', customer, day, longest, fell, gone from chosen
)
select finding, value from (
  select 1 as i, 'looked at' as finding, count(*) || ' customer-Mondays of ' || count(distinct customer) || '; fell off ' || round(100 * avg(fell::integer), 1)
    || ' %, did not order again within 90 days ' || round(100 * avg(gone::integer), 1) || ' %' as value from chosen
  union all
  select i, rule, count(*) filter (where called) || ' of ' || count(distinct customer) filter (where called) || '; of these fell off '
    || coalesce(round(100 * avg(fell::integer) filter (where called), 1)::text, '-') || ' %; seen of those who fell off '
    || coalesce(round(100 * avg(called::integer) filter (where fell), 1)::text, '-') || ' %, of those gone '
    || coalesce(round(100 * avg(called::integer) filter (where gone), 1)::text, '-') || ' %'
  from rule group by i, rule
) f order by i;
