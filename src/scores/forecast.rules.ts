import type { Minor } from '../kernel/money.ts'
import { type Bought, type Forecast, type ForecastModel, type Habit, HORIZON_DAYS, type Worth } from './forecast.model.ts'

// What `forecast.sql.ts` says for everybody, said for one customer. A property holds the two together.
//
// Orders: the MBG/NBD model (Batislam, Denizel, Filiztekin 2007, International Journal of Research in Marketing 24/3; erratum Wagner
// and Hoppe 2008, ibid. 25/3). Each customer orders at random at a rate of their own, and may leave for good after each order, the first
// one too, with a chance of their own. Worth: the Gamma-Gamma model (Fader and Hardie 2013, "The Gamma-Gamma Model of Monetary Value").

export function forecastOf(buyer: Bought, model: ForecastModel): Forecast {
  const alive = aliveOf(buyer, model)
  const orders = alive * ordersWhileAlive(buyer, model, HORIZON_DAYS)
  const amount = Math.min(Math.floor(orders * typicalAmount(buyer, model) + 0.5), Number.MAX_SAFE_INTEGER) as Minor
  return { orders, amount, alive }
}

/** The chance that they have not left for good. */
export function aliveOf({ orders, lastDay, age }: Omit<Bought, 'amount'>, { r, alpha, a, b }: Habit): number {
  const again = orders - 1
  return 1 / (1 + (a / (b + again)) * Math.exp(Math.min((r + again) * Math.log((alpha + age) / (alpha + lastDay)), MOST)))
}

/** Beyond it the exponential is nothing, or more than a number holds. */
const MOST = 700

/**
 * How often a customer orders within so many days who has not left yet: the mean of (1 - (1 + p t / (alpha + age)) ^ -(r + x)) / p, where p,
 * the chance to leave, is Beta(a, b + x + 1). It is the same figure that the paper writes with a hypergeometric function, which databases
 * do not have. With p = 1 / (1 + e^-y) the integral over y is a sum of even steps, exact to a ten-thousandth.
 */
export function ordersWhileAlive({ orders, age }: Pick<Bought, 'orders' | 'age'>, { r, alpha, a, b }: Habit, days: number): number {
  const stay = b + orders
  const often = r + orders - 1
  const relative = days / (alpha + age)
  const top = a * Math.log(a / (a + stay)) + stay * Math.log(stay / (a + stay))
  const step = stepOf(a)
  const first = Math.ceil(LOWEST / step)
  let [sum, weights] = [0, 0]
  for (let i = first; i * step <= HIGHEST; i++) {
    const y = i * step
    const chance = 1 / (1 + Math.exp(-y))
    const density = Math.exp(Math.max(-a * Math.log(1 + Math.exp(-y)) - stay * Math.log(1 + Math.exp(y)) - top, -MOST))
    // All that lies below the first step falls away evenly.
    const weight = i === first ? density / (1 - Math.exp(-a * step)) : density
    sum += (weight * (1 - Math.exp(-Math.min(often * Math.log(1 + chance * relative), MOST)))) / chance
    weights += weight
  }
  return sum / weights
}

/** Where the sum begins and ends, and its step: the narrower the chances lie together, the finer. */
export const LOWEST = -20
export const HIGHEST = 18
const stepOf = (a: number): number => Math.min(0.5, 0.6 / Math.sqrt(a))

/** What an order of theirs comes to on average: the more orders, the more it is their own average, and the less the shop's. */
export const typicalAmount = ({ orders, amount }: Pick<Bought, 'orders' | 'amount'>, { p, q, gamma }: Worth): number =>
  (p * (gamma + amount)) / (p * orders + q - 1)
