import { Migration } from '@mikro-orm/migrations'

/** From when on staff are warned before a rule is published. */
export class Foresight extends Migration {
  override up(): void {
    this.addSql(SHOP)
  }
}

const SHOP = `
alter table shop
  add column min_tier_step_bp integer not null default 100 check (min_tier_step_bp between 1 and 10000),
  add column max_price_jump_bp integer not null default 2000 check (max_price_jump_bp between 1 and 10000),
  add column prior_price_days integer not null default 30 check (prior_price_days between 1 and 365)
`
