import type { WantedAdjustment } from '../pricebook/adjustment.model.ts'
import type { Optional } from '../pricebook/checks.model.ts'
import type { WantedTerms } from '../pricebook/terms.model.ts'

/** A ladder as it is asked for, before it is checked. */
export type WantedLadder = WantedTerms & { readonly rungs: readonly WantedRung[] }

export type WantedRung = {
  /** Absent: everyone. */
  readonly tierCode?: Optional<string>
  readonly minQuantity?: Optional<number>
  readonly adjustment: WantedAdjustment
}
