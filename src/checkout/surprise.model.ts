import type { Surprise } from '../pricing/quote.ts'
import type { Prize } from '../pricing/rule.ts'

/** A surprise as it was drawn. `seed`: 32 bytes in hexadecimal, the same for all surprises of an order. `prize` null: nothing was won. */
export type DrawnSurprise = Surprise & { readonly seed: string; readonly prize: Prize | null }
