import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import type { Adjustment, OrderTerms, Step } from '../pricing/rule.ts'
import { tiersNamedBy } from './publication.rules.ts'
import type { RuleVersion, Terms } from './rule.model.ts'
import { readTerms, type TierOf } from './terms.model.ts'

/** Something that two versions say differently: where, as in the rule's input, and what each says; null: nothing. */
export type VersionChange = { readonly path: string; readonly before: unknown; readonly after: unknown }

/**
 * What differs between two versions, in the words of the rule's input. A term that one of them lacks is as good as null, so
 * a version from before there was a term does not differ by it. Lists are compared place by place.
 */
export const changesBetween = (before: Terms, after: Terms): VersionChange[] => differences(inWords(before), inWords(after), '')

function differences(before: unknown, after: unknown, path: string): VersionChange[] {
  if (isBranch(before) && isBranch(after) && Array.isArray(before) === Array.isArray(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)])
    return [...keys].flatMap((key) => differences(before[key] ?? null, after[key] ?? null, path === '' ? key : `${path}.${key}`))
  }
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ path, before, after }]
}

const isBranch = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** A rule as its input would say it; a term that is not named here stays as it is. */
function inWords(terms: Terms): object {
  const { kind: _, ...common } = { ...terms, validFrom: instantWords(terms.validFrom), validUntil: instantWords(terms.validUntil) }
  if (terms.kind === 'LADDER')
    return { ...common, rungs: terms.rungs.map((rung) => ({ ...rung, adjustment: adjustmentWords(rung.adjustment) })) }
  const { product, order } = terms
  return {
    ...common,
    product: product && { ...product, adjustment: adjustmentWords(product.adjustment) },
    order: order && orderWords(order),
  }
}

const instantWords = (at: number | null) => (at === null ? null : new Date(at).toISOString())
const percent = (bp: number) => bp / 100

function adjustmentWords(adjustment: Adjustment): object {
  switch (adjustment.kind) {
    case 'PERCENT_OFF':
      return { percentOff: percent(adjustment.bp) }
    case 'AMOUNT_OFF':
      return { amountOff: adjustment.amount }
    case 'FIXED_PRICE':
      return { fixedPrice: adjustment.price }
  }
}

function orderWords(order: OrderTerms): object {
  switch (order.form) {
    case 'THRESHOLD':
      return { ...order, steps: order.steps.map(stepWords) }
    case 'MULTI_BUY':
      return { form: order.form, multiBuy: { every: order.every, units: order.units, percentOff: percent(order.bp) } }
    case 'BUNDLE':
      return { form: order.form, bundle: { items: order.items, price: order.price } }
  }
}

const stepWords = ({ off, minTier, gifts, surprise, ...step }: Step): object => ({
  ...step,
  surprise: surprise?.map((prize) => ({ ...prize, odds: percent(prize.odds) })) ?? null,
  minTierCode: minTier,
  ...(off === null ? {} : adjustmentWords(off)),
  gifts: gifts.map(({ minTier: least, ...gift }) => ({ ...gift, minTierCode: least })),
})

/** The terms of an old version, to be edited again: what they name must still be there, and be what is allowed today. */
export function restorable({ version, terms }: RuleVersion, tierOf: TierOf): Result<Terms, Problem> {
  const gone = tiersNamedBy(terms).find((code) => tierOf(code) === undefined)
  if (gone !== undefined)
    return refuse(problem('UNKNOWN_TIER', `Version ${version} names tier "${gone}", which is gone: save a draft without it.`, ['version']))
  const { validFrom, validUntil, ...rest } = terms
  const read = readTerms({ ...rest, validFrom: dateOf(validFrom), validUntil: dateOf(validUntil) })
  return read.ok ? accept(terms) : refuse({ ...read.problem, path: ['version'] })
}

const dateOf = (at: number | null) => (at === null ? null : new Date(at))
