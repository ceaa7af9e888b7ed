/** How somebody came to what they have. A pin that is over by itself is no row of its own: its end is in the row that began it. */
export type TierChange = 'EVALUATED' | 'PINNED' | 'UNPINNED'

/** A condition, as it was written, and what of it are figures, as they were then: minor units where they are amounts. */
export type Reason = { readonly query: string; readonly figures: readonly ReasonFigure[] }
export type ReasonFigure = { readonly attribute: string; readonly has: number; readonly needs: number; readonly isAmount: boolean }
