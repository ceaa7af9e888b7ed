import type { RawBuilder } from 'kysely'
import { atInstant, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { Holder } from './level.sql.ts'

/**
 * Keeps what customers or companies have since now: one row a change, always later than the one before. `changed` has the columns id,
 * tier_id, pin_tier_id, pinned_until, how, held and failed; its ids are among `ids`, by which the history of all of them is looked up at once.
 */
export const noteStandings = (
  { shopId, now }: World,
  holder: Holder,
  ids: RawBuilder<unknown>,
  changed: RawBuilder<unknown>,
): RawBuilder<unknown> =>
  sql`insert into tier_history (shop_id, holder, holder_id, since, tier_id, pin_tier_id, pinned_until, how, held, failed)
      select ${shopId}::integer, ${holder}, m.id, greatest(${atInstant(now)}, last.since + interval '1 millisecond'),
             m.tier_id, m.pin_tier_id, m.pinned_until, m.how, m.held, m.failed
      from ${changed} m left join (
        select h.holder_id, max(h.since) as since from tier_history h where h.shop_id = ${shopId} and h.holder_id = any(${ids}) group by 1
      ) last on last.holder_id = m.id`
