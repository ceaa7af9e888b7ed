import type { Instant } from '../kernel/clock.ts'
import { audienceOf } from '../pricebook/audience.model.ts'
import type { Terms } from '../pricebook/rule.model.ts'
import type { RankOf } from '../pricing/compile.ts'
import type { Offer } from '../pricing/rule.ts'
import { compileScope, reaches } from '../pricing/scope.ts'
import { byBytes } from '../pricing/text.ts'
import { beatsStep, beatsWay, waysOf } from './beats.rules.ts'
import { type Finding, finding, type Reached, type Subject } from './warning.model.ts'
import { inNumber, inPercent } from './words.rules.ts'

/**
 * Other rules of the book that make a rule pointless, that it makes pointless, or on top of which it comes. Audiences
 * count as one where they are written alike or one of them is everybody: what two queries have in common is not told by their text.
 */
export function overlaps({ terms, reached }: Subject, others: readonly Terms[], rankOf: RankOf, at: Instant): Finding[] {
  return others.flatMap((other) => {
    if (other.code === terms.code || !isSameLevel(terms, other) || !meetInTime(terms, other)) return []
    if (isStacked(terms, other)) return stacked(terms as Offer, other as Offer, reached, at)
    if (alwaysBeats(other, terms, rankOf) && holdsScope(other, terms, reached, at) && isFirst(other, terms, rankOf))
      return [
        finding(
          'OVERLAP',
          `"${other.code}" gives at least as much wherever "${terms.code}" does${lookedAt(reached)}: this rule changes no price.`,
        ),
      ]
    if (alwaysBeats(terms, other, rankOf) && holdsWholly(terms, other) && isFirst(terms, other, rankOf))
      return [
        finding('OVERLAP', `"${terms.code}" gives at least as much wherever "${other.code}" does: that rule changes no price any more.`),
      ]
    return []
  })
}

const levelOf = (terms: Terms): 'PRODUCT' | 'ORDER' => (terms.kind === 'LADDER' ? 'PRODUCT' : terms.level)
const isSameLevel = (a: Terms, b: Terms): boolean => levelOf(a) === levelOf(b)

const lookedAt = ({ count, products }: Reached): string =>
  count > products.length && products.length > 0
    ? ` (among the ${inNumber(products.length)} best-selling of its ${inNumber(count)} products)`
    : ''

const from = ({ validFrom }: Terms): number => validFrom ?? Number.NEGATIVE_INFINITY
const until = ({ validUntil }: Terms): number => validUntil ?? Number.POSITIVE_INFINITY
const meetInTime = (a: Terms, b: Terms): boolean => from(a) < until(b) && from(b) < until(a)

const isAutomatic = (terms: Terms): boolean => terms.kind === 'LADDER' || terms.trigger === 'AUTOMATIC'
const isStackable = (terms: Terms): boolean => terms.kind === 'OFFER' && terms.combination === 'STACKABLE'

const isStacked = (a: Terms, b: Terms): boolean => isStackable(a) && isStackable(b) && isAutomatic(a) && isAutomatic(b)

/** Two stackable offers come one on top of the other: said, unless one of them passes over what is discounted. */
function stacked(a: Offer, b: Offer, { products }: Reached, at: Instant): Finding[] {
  if (a.onlyUndiscounted || b.onlyUndiscounted) return []
  if (audienceOf(a) !== null && audienceOf(b) !== null && audienceOf(a) !== audienceOf(b)) return []
  const reach = compileScope(b.scope)
  const shared = products.filter(({ facts }) => reaches(reach, facts, at))
  const [first] = shared
  if (first === undefined && !(a.scope === null && b.scope === null)) return []
  const together = bothPercent(a, b)
  const where = first === undefined ? '' : `, as on "${first.facts.sku}"`
  return [
    finding(
      'OVERLAP',
      `"${a.code}" and "${b.code}" both stack, and reach the same goods${where}: a shopper gets both${together === null ? '' : `, ${inPercent(together)} off together`}.`,
      { sku: first?.facts.sku ?? null },
    ),
  ]
}

function bothPercent(a: Offer, b: Offer): number | null {
  const [x, y] = [a.product?.adjustment, b.product?.adjustment]
  if (x?.kind !== 'PERCENT_OFF' || y?.kind !== 'PERCENT_OFF') return null
  return 10_000 - ((10_000 - x.bp) * (10_000 - y.bp)) / 10_000
}

/** Whether whoever has `loser` has `winner` too, at every time, and every way of it. Limits may end a winner: then it does not always win. */
function alwaysBeats(winner: Terms, loser: Terms, rankOf: RankOf): boolean {
  if (isStackable(winner) || isStackable(loser) || !isAutomatic(winner)) return false
  if (audienceOf(winner) !== null && audienceOf(winner) !== audienceOf(loser)) return false
  if (from(winner) > from(loser) || until(winner) < until(loser)) return false
  if (winner.schedule !== null && JSON.stringify(winner.schedule) !== JSON.stringify(loser.schedule)) return false
  if (winner.kind === 'OFFER') {
    if (winner.totalLimit !== null || winner.perCustomerLimit !== null || winner.budget !== null) return false
    if (winner.firstOrderOnly && !(loser.kind === 'OFFER' && loser.firstOrderOnly)) return false
  }
  if (levelOf(winner) === 'PRODUCT') {
    const ways = waysOf(winner, rankOf)
    return waysOf(loser, rankOf).every((way) => ways.some((better) => beatsWay(better, way)))
  }
  if (winner.kind !== 'OFFER' || loser.kind !== 'OFFER') return false
  const [a, b] = [winner.order, loser.order]
  if (a?.form !== 'THRESHOLD' || b?.form !== 'THRESHOLD' || a.repeat || b.repeat || winner.onlyUndiscounted) return false
  return b.steps.every((step) => a.steps.some((better) => beatsStep(better, step, rankOf)))
}

/** Of two that beat each other, one goes first: a ladder, then the larger priority, then the smaller code. */
function isFirst(a: Terms, b: Terms, rankOf: RankOf): boolean {
  if (!alwaysBeats(b, a, rankOf)) return true
  if (a.kind !== b.kind) return a.kind === 'LADDER'
  return a.priority === b.priority ? byBytes(a.code, b.code) < 0 : a.priority > b.priority
}

/** Whether a rule reaches all that another does, as far as it was looked at. */
function holdsScope(outer: Terms, inner: Terms, { products }: Reached, at: Instant): boolean {
  if (holdsWholly(outer, inner)) return true
  // What is new today is not so tomorrow.
  if (outer.scope?.launchedWithinDays !== undefined) return false
  const reach = compileScope(outer.scope)
  return levelOf(inner) === 'PRODUCT' && products.length > 0 && products.every(({ facts }) => reaches(reach, facts, at))
}

const holdsWholly = (outer: Terms, inner: Terms): boolean =>
  outer.scope === null || JSON.stringify(outer.scope) === JSON.stringify(inner.scope)
