import type { RawBuilder } from 'kysely'
import type { Tier } from './tier.model.ts'

/** Whose tiers are evaluated: each by what they bought, a company by what its people bought together. */
export type Holder = 'CUSTOMER' | 'COMPANY'

/** A tier with what its conditions are in SQL, on the rows of a holder's source. */
export type Level = {
  readonly tier: Pick<Tier, 'id' | 'graceDays'>
  /** What lets somebody in; null: no rule does. */
  readonly enters: RawBuilder<unknown> | null
  /** What keeps somebody in who would not be let in any more. */
  readonly keeps: RawBuilder<unknown> | 'NOTHING' | 'ALWAYS'
  /** The conditions with their figures, as they are told later; null where there is none. */
  readonly reasons: { readonly toEnter: RawBuilder<unknown> | null; readonly toKeep: RawBuilder<unknown> | null }
}

/** A programme as one statement asks it: its levels from the highest down, and what their conditions need besides the source's tables. */
export type Levels = { readonly levels: readonly Level[]; readonly joins: RawBuilder<unknown> }
