import { Migration } from '@mikro-orm/migrations'

/**
 * How many units and how many different skus of each order were kept, beside its total: distributions of all orders need not read
 * every line. And what is to be expected of each customer within a year, by a model that was fitted to all of them.
 */
export class OrdersAndPredictions extends Migration {
  override up(): void {
    for (const statement of [KEPT, FORECAST].flatMap((text) => text.split(/;\n/))) if (statement.trim() !== '') this.addSql(statement)
  }
}

/** An order counts as long as a unit of it was kept: the check says so again. */
const KEPT = `
alter table shop_order add column units bigint not null default 0, add column skus integer not null default 0;
update shop_order o set units = k.units, skus = k.skus
from (
  select shop_id, order_id, sum(quantity - returned_quantity) as units, count(distinct sku) as skus
  from order_line where quantity > returned_quantity group by shop_id, order_id
) k where k.shop_id = o.shop_id and k.order_id = o.id;
alter table shop_order
  alter column units drop default,
  alter column skus drop default,
  add constraint shop_order_kept_check check (skus between 0 and units and (skus > 0) = (units > 0) and (units > 0 or not counted));
drop index shop_order_customer;
create index shop_order_customer on shop_order (shop_id, customer_id, placed_at, id) include (counted, total, units, skus);
`

const FORECAST = `
alter table score_scale add column forecast jsonb check (jsonb_typeof(forecast) = 'object');
alter table customer_score
  add column predicted_orders double precision check (predicted_orders >= 0),
  add column predicted_amount bigint check (predicted_amount between 0 and 9007199254740991),
  add column probability_alive double precision check (probability_alive between 0 and 1),
  add constraint customer_score_forecast_check check (num_nulls(predicted_orders, predicted_amount, probability_alive) in (0, 3));
`
