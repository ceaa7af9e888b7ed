import { createHash } from 'node:crypto'

// How customers buy, in a world where it is known. Each has two fates that are drawn beforehand, from a seed and their name alone: when they
// would come back by themselves, and whether a first message of the campaign would make them come, and how soon after it. So what the
// campaign truly does is known for everybody who takes part, treated or not; the shop sees one fate of each, as shops do.

const DAY = 86_400_000

export type Fate = {
  /** Milliseconds after joining at which they would buy by themselves. */
  readonly byThemselves: number
  /** Milliseconds after the first message at which it makes them buy; null: it does not. */
  readonly afterMessage: number | null
  /** What they spend, in minor units. */
  readonly amount: number
}

/** A number from 0 to 1 that is always the same for the same words. */
export function drawn(...words: readonly (string | number)[]): number {
  return createHash('sha256').update(words.join('/')).digest().readUInt32BE(0) / 2 ** 32
}

/**
 * `effect`: the share of customers whom a message makes buy, within 25 days of it. By themselves between one in ten and three in ten buy
 * within 60 days, each with a hazard of their own that never changes.
 */
export function fateOf(who: string, effect: number, seed: string): Fate {
  const draw = (what: string) => drawn(seed, who, what)
  const within60 = 0.1 + 0.2 * draw('how often')
  const perDay = -Math.log(1 - within60) / 60
  return {
    byThemselves: (-Math.log(1 - draw('when')) / perDay) * DAY,
    afterMessage: draw('moved') < effect ? (0.3 + 24.7 * draw('how soon')) * DAY : null,
    amount: Math.round(2_000 * Math.exp(1.2 * (draw('how much') + draw('how much more') - 0.5))),
  }
}

/** What a campaign of so many days truly does to those who take part: more buyers and orders, and more revenue in minor units, per member. */
export function trueEffect(
  fates: readonly Fate[],
  days: number,
): { readonly BUYERS: number; readonly ORDERS: number; readonly REVENUE: number } {
  const moved = fates.filter(({ byThemselves, afterMessage }) => afterMessage !== null && byThemselves >= days * DAY)
  // Each buys once, if at all.
  const BUYERS = moved.length / fates.length
  return { BUYERS, ORDERS: BUYERS, REVENUE: moved.reduce((sum, { amount }) => sum + amount, 0) / fates.length }
}
