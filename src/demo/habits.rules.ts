import type { Habit } from './people.model.ts'
import type { Random } from './random.rules.ts'

type Kind = { readonly share: number; readonly orders: readonly [number, number]; readonly everyDays: number; readonly appetite: number }

/**
 * Most buy once or twice and a few for years: the shape that every shop's orders have (one order in three to two in three
 * buyers; the fifth who buy most bring two thirds and more).
 */
const SHOPPERS: readonly Kind[] = [
  { share: 7, orders: [0, 0], everyDays: 100, appetite: 1 },
  { share: 43, orders: [1, 1], everyDays: 100, appetite: 1 },
  { share: 28, orders: [2, 3], everyDays: 80, appetite: 1 },
  { share: 16, orders: [4, 9], everyDays: 45, appetite: 1.2 },
  { share: 6, orders: [10, 34], everyDays: 20, appetite: 1.5 },
]

const PURCHASERS: Kind = { share: 1, orders: [3, 26], everyDays: 26, appetite: 1 }
const ENGINEERS: Kind = { share: 1, orders: [1, 12], everyDays: 45, appetite: 0.05 }

export const shopperHabit = (dice: Random): Habit =>
  drawn(
    dice,
    dice.weighted(SHOPPERS, (kind) => kind.share),
    { furtherLines: 1.4, spread: 0.5, atWork: false },
  )

/** An engineer tries out what a purchaser then buys by the batch. */
export const workHabit = (dice: Random, role: 'PURCHASER' | 'ENGINEER' | 'OTHER', size: number): Habit => {
  const habit = drawn(dice, role === 'PURCHASER' ? PURCHASERS : ENGINEERS, { furtherLines: 2.2, spread: 0.5, atWork: true })
  return role === 'PURCHASER' ? { ...habit, appetite: habit.appetite * size } : habit
}

function drawn(dice: Random, kind: Kind, given: { furtherLines: number; spread: number; atWork: boolean }): Habit {
  return {
    orders: dice.whole(...kind.orders),
    everyDays: Math.max(4, dice.logNormal(kind.everyDays, 0.45)),
    furtherLines: given.furtherLines,
    appetite: dice.logNormal(kind.appetite, given.spread),
    atWork: given.atWork,
  }
}
