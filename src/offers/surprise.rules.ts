import type { Minor } from '../kernel/money.ts'
import type { Problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import {
  bad,
  eachFault,
  firstOf,
  inside,
  LONGEST_WORD,
  type Optional,
  readEach,
  tooMany,
  wholeFault,
  wordFault,
} from '../pricebook/checks.model.ts'
import { BOUNDS } from '../pricing/bounds.ts'
import type { Prize } from '../pricing/rule.ts'
import type { WantedPrize } from './offer.model.ts'

const MOST_PRIZES = 100
const LONGEST_NAME = 200
/** Minor units. Far more than anybody gives away, and small enough that what all orders may win can be counted. */
const LARGEST_AMOUNT = 1_000_000_000_000
const CERTAIN = 10_000

/** The prizes of a step, in the order in which they are declared; null: there is no surprise. */
export function readSurprise(wanted: Optional<readonly WantedPrize[]>): Result<readonly Prize[] | null, Problem> {
  if (wanted == null) return accept(null)
  if (wanted.length === 0) return refuse(bad('A surprise has at least one prize: leave it out where nothing is drawn.', 'surprise'))
  if (wanted.length > MOST_PRIZES) return refuse(tooMany('prizes', MOST_PRIZES, 'surprise'))
  const prizes = readEach(wanted, 'surprise', readPrize)
  if (!prizes.ok) return prizes
  const fault = namesFault(prizes.value) ?? oddsFault(prizes.value)
  return fault === null ? prizes : refuse(fault)
}

/** Two prizes of one name could not be told apart by who reads what was won. */
function namesFault(prizes: readonly Prize[]): Problem | null {
  const seen = new Set<string>()
  return eachFault(prizes, 'surprise', ({ name }) => {
    if (seen.has(name)) return bad(`Another prize is called "${name}" already: give each a name of its own.`, 'name')
    seen.add(name)
    return null
  })
}

function oddsFault(prizes: readonly Prize[]): Problem | null {
  const sum = prizes.reduce((all, { odds }) => all + odds, 0)
  return sum <= CERTAIN ? null : bad(`The odds of all prizes add up to ${sum / 100} %: they are at most 100 % together.`, 'surprise')
}

function readPrize({ name, odds, gift, amount }: WantedPrize): Result<Prize, Problem> {
  const fault = firstOf(
    wordFault(name, LONGEST_NAME, 'name'),
    gift != null && amount != null ? bad('A prize is a gift or an amount: give one of them.', 'amount') : null,
    gift == null && amount == null
      ? bad('Say in gift or in amount what is won; the chance of nothing is what the odds leave.', 'gift')
      : null,
    wholeFault(amount, 1, LARGEST_AMOUNT, 'amount'),
  )
  if (fault !== null) return refuse(fault)
  if (gift == null) return accept({ name, odds, gift: null, amount: amount as Minor })
  const read = inside(readGift(gift), 'gift')
  return read.ok ? accept({ name, odds, gift: read.value, amount: null }) : read
}

function readGift({ sku, quantity }: NonNullable<WantedPrize['gift']>): Result<NonNullable<Prize['gift']>, Problem> {
  const fault = firstOf(wordFault(sku, LONGEST_WORD, 'sku'), wholeFault(quantity, 1, BOUNDS.quantity, 'quantity'))
  return fault === null ? accept({ sku, quantity: quantity ?? 1 }) : refuse(fault)
}
