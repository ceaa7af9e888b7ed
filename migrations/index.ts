import { Foundation } from './0001-foundation.ts'
import { Checkout } from './0002-checkout.ts'
import { Scores } from './0008-scores.ts'

/** Every migration in order, by hand: append, never edit. */
export const migrations = [
  { name: '0001-foundation', class: Foundation },
  { name: '0002-checkout', class: Checkout },
  { name: '0008-scores', class: Scores },
]
