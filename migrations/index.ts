import { Foundation } from './0001-foundation.ts'
import { Checkout } from './0002-checkout.ts'
import { Surprises } from './0006-surprises.ts'
import { Segments } from './0009-segments.ts'

/** Every migration in order, by hand: append, never edit. */
export const migrations = [
  { name: '0001-foundation', class: Foundation },
  { name: '0002-checkout', class: Checkout },
  { name: '0006-surprises', class: Surprises },
  { name: '0009-segments', class: Segments },
]
