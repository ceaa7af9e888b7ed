import type { RawBuilder } from 'kysely'
import { sql } from '../shell/sql.ts'

/**
 * Who is in `held` and not among those who were, or the other way round. A full join, because the planner has no way to
 * it that compares each with each, whatever it believes of tables that were filled a moment ago.
 */
export const moved = (were: RawBuilder<unknown>): RawBuilder<unknown> => sql`moved as materialized (
          select coalesce(h.id, w.id) as id, h.id is not null as is_held
          from held h full join (${were}) w on w.id = h.id where h.id is null or w.id is null)`
