import { Migration } from '@mikro-orm/migrations'

/**
 * What a line cost, what customers earn the shop and how often they come, and how they stand beside each other: scores, life
 * cycle, and how large each group was on each day. Whoever writes scores holds the shop's row of `score_scale`.
 */
export class Scores extends Migration {
  override up(): void {
    for (const statement of [COST, STATISTICS, SCORE, GROUP].flatMap((text) => text.split(/;\n/)))
      if (statement.trim() !== '') this.addSql(statement)
  }
}

/** Lines that are there already cost what a line costs that is recorded now: as noted when the order was placed, else as known now. */
const COST = `
alter table order_line add column cost_price bigint check (cost_price between 0 and 9007199254740991);
update order_line l set cost_price = coalesce(
  (select h.cost_price from product_price h
   where h.shop_id = l.shop_id and h.sku = l.sku and h.since <= o.placed_at order by h.since desc limit 1), p.cost_price)
from shop_order o, product p
where o.shop_id = l.shop_id and o.id = l.order_id and p.shop_id = l.shop_id and p.sku = l.sku;
`

const STATISTICS = `
alter table customer_statistics
  add column margin_earned bigint check (margin_earned between -9007199254740991 and 9007199254740991),
  add column margin_amount bigint not null default 0 check (margin_amount between 0 and 9007199254740991),
  add column interval_median_days double precision check (interval_median_days >= 0),
  add column interval_p90_days double precision check (interval_p90_days >= interval_median_days),
  add check ((interval_median_days is null) = (interval_p90_days is null));
update customer_statistics s set interval_median_days = g.days[1], interval_p90_days = g.days[2]
from (
  select shop_id, customer_id, percentile_cont(array[0.5, 0.9]) within group (order by days) as days
  from (select shop_id, customer_id,
          (extract(epoch from placed_at - lag(placed_at) over (partition by shop_id, customer_id order by placed_at, id)) * 1000)::double precision
            / 86400000 as days
        from shop_order where counted and customer_id is not null) gap
  where days is not null group by shop_id, customer_id
) g where g.shop_id = s.shop_id and g.customer_id = s.customer_id;
update customer_statistics s set margin_amount = m.amount, margin_earned = m.margin
from (
  select o.shop_id, o.customer_id, sum(k.kept)::bigint as amount,
         greatest(sum(k.kept - l.cost_price::numeric * (l.quantity - l.returned_quantity)), -9007199254740991)::bigint as margin
  from shop_order o join order_line l on l.shop_id = o.shop_id and l.order_id = o.id
  cross join lateral (
    select l.total - (l.total / l.quantity * l.returned_quantity + least(l.returned_quantity, l.total % l.quantity)) as kept
  ) k
  where o.counted and o.customer_id is not null and l.cost_price is not null and l.quantity > l.returned_quantity
  group by o.shop_id, o.customer_id
) m where m.shop_id = s.shop_id and m.customer_id = s.customer_id;
create index customer_statistics_margin on customer_statistics (shop_id, margin_earned);
create index customer_statistics_interval on customer_statistics (shop_id, interval_median_days);
`

const SCORE = `
create table score_setting (
  shop_id integer primary key references shop,
  median_days double precision not null check (median_days >= 1),
  p90_days double precision not null check (p90_days >= 1.5 * median_days)
);
create table rfm_map (
  shop_id integer not null references shop,
  version integer not null check (version > 0),
  name text not null,
  kind text not null check (kind in ('GRID', 'EIGHT_CLASSES')),
  cells text[] not null,
  saved_at timestamptz not null,
  primary key (shop_id, version)
);
create table score_scale (
  shop_id integer primary key references shop,
  evaluated_at timestamptz not null,
  customers integer not null check (customers >= 0),
  recency_bounds bigint[] not null,
  frequency_bounds bigint[] not null,
  monetary_bounds bigint[] not null,
  score_sums bigint[] not null check (cardinality(score_sums) = 3),
  spend_bounds bigint[] not null,
  best_amount bigint,
  abc_a_from bigint,
  abc_b_from bigint,
  rhythm_source text not null check (rhythm_source in ('SHOP', 'DEFAULT', 'SETTING')),
  rhythm_median_days double precision not null check (rhythm_median_days >= 0),
  rhythm_p90_days double precision not null check (rhythm_p90_days >= 0),
  categories jsonb not null check (jsonb_typeof(categories) = 'object'),
  map_version integer not null check (map_version >= 0),
  map_kind text not null check (map_kind in ('GRID', 'EIGHT_CLASSES')),
  map_cells text[] not null
);
create table customer_score (
  shop_id integer not null,
  customer_id uuid not null,
  recency integer not null check (recency between 1 and 5),
  frequency integer not null check (frequency between 1 and 5),
  monetary integer not null check (monetary between 1 and 5),
  rfm_group text not null,
  lifecycle text not null check (lifecycle in ('NEW', 'ACTIVE', 'AT_RISK', 'DORMANT', 'CHURNED')),
  rhythm_source text not null check (rhythm_source in ('OWN', 'CATEGORY', 'SHOP', 'DEFAULT', 'SETTING')),
  rhythm_median_days double precision not null check (rhythm_median_days >= 1),
  rhythm_p90_days double precision not null check (rhythm_p90_days >= 1.5 * rhythm_median_days),
  expected_order_at timestamptz not null,
  abc_class text not null check (abc_class in ('A', 'B', 'C')),
  spend_percentile double precision not null check (spend_percentile between 0 and 100),
  predicted_spend_tier text not null check (predicted_spend_tier in ('HIGH', 'MEDIUM', 'LOW')),
  main_category text,
  buyer_kind text check (buyer_kind in ('SINGLE_CATEGORY', 'CROSS_CATEGORY')),
  primary key (shop_id, customer_id),
  foreign key (shop_id, customer_id) references customer (shop_id, id)
);
create index customer_score_rfm on customer_score (shop_id, rfm_group, customer_id);
create index customer_score_lifecycle on customer_score (shop_id, lifecycle, customer_id);
create index customer_score_abc on customer_score (shop_id, abc_class, customer_id);
create index customer_score_spend on customer_score (shop_id, spend_percentile);
create index customer_score_expected on customer_score (shop_id, expected_order_at);
`

const GROUP = `
create table group_size (
  shop_id integer not null references shop,
  kind text not null check (kind in ('LIFECYCLE', 'RFM', 'ABC', 'SPEND_TIER', 'TIER')),
  group_code text not null,
  day date not null,
  customers integer not null check (customers >= 0),
  primary key (shop_id, kind, day, group_code)
);
create table group_target (
  shop_id integer not null references shop,
  kind text not null check (kind in ('LIFECYCLE', 'RFM', 'ABC', 'SPEND_TIER', 'TIER')),
  group_code text not null,
  share_bp integer not null check (share_bp between 1 and 10000),
  direction text not null check (direction in ('AT_LEAST', 'AT_MOST')),
  primary key (shop_id, kind, group_code)
);
create table group_alarm (
  shop_id integer not null references shop,
  id uuid not null,
  kind text not null check (kind in ('LIFECYCLE', 'RFM', 'ABC', 'SPEND_TIER', 'TIER')),
  group_code text not null,
  target_bp integer not null,
  direction text not null check (direction in ('AT_LEAST', 'AT_MOST')),
  customers integer not null check (customers >= 0),
  of_customers integer not null check (of_customers > 0),
  raised_at timestamptz not null,
  cleared_at timestamptz check (cleared_at >= raised_at),
  primary key (shop_id, id)
);
create unique index group_alarm_open on group_alarm (shop_id, kind, group_code) where cleared_at is null
`
