import { Foundation } from './0001-foundation.ts'
import { Checkout } from './0002-checkout.ts'
import { Surprises } from './0006-surprises.ts'
import { Foresight } from './0007-foresight.ts'

/** Every migration in order, by hand: append, never edit. */
export const migrations = [
  { name: '0001-foundation', class: Foundation },
  { name: '0002-checkout', class: Checkout },
  { name: '0006-surprises', class: Surprises },
  { name: '0007-foresight', class: Foresight },
]
