import { Foundation } from './0001-foundation.ts'

/** Every migration in order, by hand: append, never edit. */
export const migrations = [{ name: '0001-foundation', class: Foundation }]
