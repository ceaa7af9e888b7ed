import { Migration } from '@mikro-orm/migrations'

/**
 * Since when somebody has been failing what keeps them in their tier, so that they fall only when its grace is over; and how
 * each tier came about: by an evaluation (with the condition that held, the one that failed, and their figures) or by hand.
 */
export class TierProgramme extends Migration {
  override up(): void {
    for (const statement of [STANDING, HISTORY].flatMap((text) => text.split(/;\n/))) if (statement.trim() !== '') this.addSql(statement)
  }
}

const STANDING = `
alter table customer
  add column tier_failing_since timestamptz,
  add check (tier_failing_since is null or tier_id is not null);
alter table company
  add column tier_since timestamptz,
  add column tier_failing_since timestamptz,
  add check (tier_failing_since is null or tier_id is not null);
update company c set tier_since = coalesce(
  (select min(h.since) from tier_history h where h.shop_id = c.shop_id and h.holder_id = c.id and h.tier_id = c.tier_id), c.created_at)
where c.tier_id is not null;
`

/** Until now a row that has no pin was by an evaluation, unless all that differs from the one before is that it had one. */
const HISTORY = `
alter table tier_history
  add column how text,
  add column held jsonb check (jsonb_typeof(held) = 'object'),
  add column failed jsonb check (jsonb_typeof(failed) = 'object');
update tier_history h set how = case
  when h.pin_tier_id is not null then 'PINNED'
  when before.pin_tier_id is not null and before.tier_id is not distinct from h.tier_id then 'UNPINNED'
  else 'EVALUATED' end
from (select shop_id, holder_id, since, lag(tier_id) over w as tier_id, lag(pin_tier_id) over w as pin_tier_id
      from tier_history window w as (partition by shop_id, holder_id order by since)) before
where before.shop_id = h.shop_id and before.holder_id = h.holder_id and before.since = h.since;
alter table tier_history
  alter column how set not null,
  add constraint tier_history_how_check check (how in ('EVALUATED', 'PINNED', 'UNPINNED')),
  add constraint tier_history_reason_check check (how = 'EVALUATED' or (held is null and failed is null));
`
