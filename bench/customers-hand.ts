/**
 * What somebody who knows PostgreSQL and the tables would write, in one statement each, for the figures of everybody: to stand
 * beside the product's own. The same columns and meanings (docs/decisions/0017-scores.md), without anything that only a product needs.
 */
export const STATISTICS = `
with total as (
  select customer_id, count(*)::integer as number_of_orders, sum(total)::bigint as amount_spent, max(total) as largest_order_amount,
         min(placed_at) as first_order_at, max(placed_at) as last_order_at, percentile_cont(array[0.5, 0.9]) within group (order by days) as days
  from (select customer_id, total, placed_at,
               date_part('epoch', placed_at - lag(placed_at) over (partition by customer_id order by placed_at, id)) / 86400 as days
        from shop_order where shop_id = 1 and counted and customer_id is not null) o
  group by customer_id),
margin as (
  select o.customer_id, sum(l.total - l.total / l.quantity * l.returned_quantity - l.cost_price * (l.quantity - l.returned_quantity))::bigint as earned,
         sum(l.total - l.total / l.quantity * l.returned_quantity)::bigint as amount
  from shop_order o join order_line l on l.shop_id = o.shop_id and l.order_id = o.id
  where o.shop_id = 1 and o.counted and o.customer_id is not null and l.quantity > l.returned_quantity and l.cost_price is not null
  group by o.customer_id)
select 1 as shop_id, t.customer_id, number_of_orders, amount_spent, largest_order_amount, first_order_at, last_order_at,
       m.earned as margin_earned, coalesce(m.amount, 0) as margin_amount, days[1] as interval_median_days, days[2] as interval_p90_days
from total t left join margin m on m.customer_id = t.customer_id`

export const STATISTICS_COLUMNS =
  'shop_id, customer_id, number_of_orders, amount_spent, largest_order_amount, first_order_at, last_order_at, margin_earned, margin_amount, interval_median_days, interval_p90_days'

const GRID = `array['NEW','NEW','ACTIVE','LOYAL','CHAMPIONS','PROMISING','PROMISING','ACTIVE','LOYAL','LOYAL',
  'PROMISING','NEEDS_ATTENTION','NEEDS_ATTENTION','LOYAL','LOYAL','ALMOST_LOST','ALMOST_LOST','AT_RISK','AT_RISK','AT_RISK',
  'DORMANT','DORMANT','DORMANT','PREVIOUSLY_LOYAL','PREVIOUSLY_LOYAL']`

export const SCORES = `
with ranked as (
  select s.*, count(*) over () as n, sum(amount_spent) over () as revenue, max(amount_spent) over () as best,
         rank() over (order by last_order_at) - 1 as r, rank() over (order by number_of_orders) - 1 as f, rank() over (order by amount_spent) - 1 as m,
         coalesce(sum(amount_spent) over (order by amount_spent desc groups between unbounded preceding and 1 preceding), 0) as richer
  from customer_statistics s where shop_id = 1),
line as materialized (
  select o.customer_id, o.placed_at, o.id, p.category
  from shop_order o join order_line l on l.shop_id = o.shop_id and l.order_id = o.id and l.quantity > l.returned_quantity
  join (select distinct sku, split_part(path, '/', 1) as category from product, unnest(categories) as path where shop_id = 1) p on p.sku = l.sku
  where o.shop_id = 1 and o.counted and o.customer_id is not null),
shop as (
  select percentile_cont(array[0.5, 0.9]) within group (order by days) as days
  from (select date_part('epoch', placed_at - lag(placed_at) over (partition by customer_id order by placed_at, id)) / 86400 as days
        from shop_order where shop_id = 1 and counted and customer_id is not null) gap),
category as (
  select category, percentile_cont(array[0.5, 0.9]) within group (order by days) as days
  from (select category, date_part('epoch', placed_at - lag(placed_at) over (partition by category, customer_id order by placed_at, id)) / 86400 as days
        from (select distinct category, customer_id, placed_at, id from line) bought) gap
  group by category having count(days) >= 50),
interest as (
  select distinct on (customer_id) customer_id, category as main_category,
         case when lines = sum(lines) over (partition by customer_id) then 'SINGLE_CATEGORY' else 'CROSS_CATEGORY' end as buyer_kind
  from (select customer_id, category, count(*) as lines from line group by 1, 2) c order by customer_id, lines desc, category collate "C"),
scored as (
  select k.*, i.main_category, i.buyer_kind, 1 + 5 * r / n as recency, 1 + 5 * f / n as frequency, 1 + 5 * m / n as monetary,
         case when number_of_orders > 4 then 'OWN' when c.category is not null then 'CATEGORY' else 'SHOP' end as rhythm_source,
         greatest(1, case when number_of_orders > 4 then interval_median_days else coalesce(c.days[1], shop.days[1]) end) as med,
         case when number_of_orders > 4 then interval_p90_days else coalesce(c.days[2], shop.days[2]) end as p90,
         date_part('epoch', now() - last_order_at) / 86400 as days, max(m) over () as below
  from ranked k cross join shop left join interest i on i.customer_id = k.customer_id left join category c on c.category = i.main_category),
alive as (
  select *, case when days > 4 * q then 'CHURNED' when days > 2 * q then 'DORMANT' when days > q then 'AT_RISK'
                 when number_of_orders >= 2 then 'ACTIVE' when days > med then 'AT_RISK' else 'NEW' end as lifecycle
  from (select *, greatest(p90, 1.5 * med) as q from scored) t)
select 1 as shop_id, customer_id, recency, frequency, monetary, (${GRID})[(5 - recency) * 5 + (frequency + monetary + 1) / 2] as rfm_group,
       lifecycle, rhythm_source, med as rhythm_median_days, q as rhythm_p90_days, last_order_at + med * interval '1 day' as expected_order_at,
       case when richer * 100 < 80 * revenue then 'A' when richer * 100 < 95 * revenue then 'B' else 'C' end as abc_class,
       case when amount_spent = best then 100 else 100 * m / below end as spend_percentile,
       case when lifecycle in ('DORMANT', 'CHURNED') then 'LOW'
            else (array['LOW', 'LOW', 'MEDIUM', 'HIGH'])[2 + case when monetary = 5 then 2 when monetary >= 3 then 1 else 0 end
                                                          - (lifecycle = 'AT_RISK')::integer] end as predicted_spend_tier,
       main_category, buyer_kind
from alive`

export const SCORES_COLUMNS =
  'shop_id, customer_id, recency, frequency, monetary, rfm_group, lifecycle, rhythm_source, rhythm_median_days, rhythm_p90_days, expected_order_at, abc_class, spend_percentile, predicted_spend_tier, main_category, buyer_kind'

/** The classic four, the lowest first. */
export const TIERS = [
  ['bronze', 'number_of_orders >= 1', 's.number_of_orders >= 1'],
  ['silver', 'amount_spent >= 1000', 's.amount_spent >= 100000'],
  ['gold', 'amount_spent >= 3000 AND number_of_orders >= 5', 's.amount_spent >= 300000 and s.number_of_orders >= 5'],
  [
    'platinum',
    'amount_spent >= 10000 AND last_order_date >= -365d',
    "s.amount_spent >= 1000000 and s.last_order_at >= date_trunc('day', now() at time zone 'Asia/Shanghai') at time zone 'Asia/Shanghai' - interval '365 days'",
  ],
] as const

const tierNow = `case ${TIERS.toReversed()
  .map(([code, , condition]) => `when ${condition} then (select id from tier where shop_id = 1 and code = '${code}')`)
  .join(' ')} end`

/** Each customer's tier as it should be. */
export const STANDINGS = `select c.shop_id, c.id as customer_id, ${tierNow} as tier_id, now() as tier_since
  from customer c left join customer_statistics s on s.shop_id = c.shop_id and s.customer_id = c.id where c.shop_id = 1 and c.merged_into is null`

/** The same, written where it belongs, with its history. */
export const MOVES = `
with moved as (
  update customer c set tier_id = t.tier_id, tier_since = t.tier_since from (${STANDINGS}) t
  where c.shop_id = 1 and c.id = t.customer_id and c.tier_id is distinct from t.tier_id returning c.id, c.tier_id, c.tier_since)
insert into tier_history (shop_id, holder, holder_id, since, tier_id, how) select 1, 'CUSTOMER', id, tier_since, tier_id, 'EVALUATED' from moved`
