import { type Minor, ZERO } from '../kernel/money.ts'
import type { Prize } from './rule.ts'

/** The most that prizes may come to in money: a budget must have room for it, whatever the odds. */
export const mostOf = (prizes: readonly Prize[]): Minor =>
  prizes.reduce((most, { amount }) => (amount !== null && amount > most ? amount : most), ZERO)
