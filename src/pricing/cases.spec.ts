import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  type BookText,
  book,
  at as instantOf,
  type LineText,
  type LinkText,
  lines,
  link,
  NOON,
  type ProductsText,
  type ShopperText,
  shopper,
  type UsageText,
  usage,
} from './cases/world.ts'
import { memberPrices } from './member-prices.ts'
import { price } from './price.ts'
import type { AppliedRule, Quote } from './quote.ts'

// The golden tables: what carts cost by hand, each with the reason. They read as pricing rules by example.

type Money = Readonly<Record<string, number>>
type Expected = {
  readonly problem?: string
  readonly units?: readonly number[]
  readonly totals?: readonly number[]
  /** By line: what each rule took of it. */
  readonly rules?: readonly Money[]
  readonly shares?: readonly Money[]
  readonly orderRules?: Money
  readonly subtotal?: number
  readonly discountTotal?: number
  readonly total?: number
  /** `sku x quantity by offer`. */
  readonly gifts?: readonly string[]
  /** By offer: what may be won, `sku` or an amount, by its odds in percent. */
  readonly surprises?: Readonly<Record<string, readonly string[]>>
  readonly freeShipping?: boolean
  readonly refused?: Readonly<Record<string, string>>
  readonly refusedLink?: string | null
  /** `offer: missing, missingQuantity -> amount`. */
  readonly next?: readonly string[]
  /** By line, by rule: the outcome, with `@ price` where there is one. */
  readonly trace?: readonly Readonly<Record<string, string>>[]
  /** `code: taken of sku x quantity, ... [coupon]`; `taken + mayOwe` where a surprise may come to money. */
  readonly uses?: readonly string[]
  /** Of memberPrices, by line. */
  readonly member?: readonly {
    readonly price?: number
    readonly rules?: Money
    readonly nextTier?: string | null
    readonly breaks?: Money
  }[]
}
/** What another shop system makes of the same cart: taken of each line or of the first one, and what is left to pay. */
type Theirs = { readonly taken?: readonly number[]; readonly firstTaken?: number; readonly total?: number }
type Case = {
  readonly name: string
  readonly why: string
  /** In a table of another's numbers: the file that has them, what it says, and why ours is another number where it is. */
  readonly from?: string
  readonly theirs?: Theirs
  readonly differs?: string
  readonly book: BookText
  readonly products?: ProductsText
  readonly lines: readonly LineText[]
  readonly shopper?: ShopperText | null
  readonly codes?: readonly string[]
  readonly link?: LinkText
  readonly at?: string
  readonly usage?: UsageText
  readonly reserving?: boolean
  readonly expect: Expected
}

const CASES = new URL('cases/', import.meta.url)
const PLAIN: ProductsText = { A: { list: 10_000 }, B: { list: 5_000 }, C: { list: 999 } }

const amounts = (rules: readonly AppliedRule[]): Money => Object.fromEntries(rules.map(({ code, amount }) => [code, amount]))

const seen = (quote: Quote): Required<Omit<Expected, 'problem' | 'member'>> => ({
  units: quote.lines.map((line) => line.unitPrice),
  totals: quote.lines.map((line) => line.total),
  rules: quote.lines.map((line) => amounts(line.rules)),
  shares: quote.lines.map((line) => amounts(line.orderShares)),
  orderRules: amounts(quote.orderRules),
  subtotal: quote.subtotal,
  discountTotal: quote.discountTotal,
  total: quote.total,
  gifts: quote.gifts.map(({ sku, quantity, offerCode }) => `${sku} x ${quantity} by ${offerCode}`),
  surprises: Object.fromEntries(
    quote.surprises.map(({ offerCode, prizes }) => [
      offerCode,
      prizes.map(({ odds, gift, amount }) => `${gift?.sku ?? amount} by ${odds / 100}`),
    ]),
  ),
  freeShipping: quote.freeShipping,
  refused: Object.fromEntries(quote.refusedCodes.map(({ code, outcome }) => [code, outcome])),
  refusedLink: quote.refusedLink,
  next: quote.nextSteps.map((step) => `${step.offerCode}: ${step.missing}, ${step.missingQuantity} -> ${step.amount}`),
  trace: quote.lines.map((line) =>
    Object.fromEntries(
      (line.trace ?? []).map((rule) => [rule.code, rule.price === null ? rule.outcome : `${rule.outcome} @ ${rule.price}`]),
    ),
  ),
  uses: quote.uses.map((use) => {
    const units = use.units.map(({ sku, quantity }) => `${sku} x ${quantity}`).join(', ')
    return `${use.code}: ${use.taken}${use.mayOwe === 0 ? '' : ` + ${use.mayOwe}`} of ${units}${use.coupon === null ? '' : ` [${use.coupon}]`}`
  }),
})

function check(each: Case): void {
  const cart = {
    lines: lines(each.products ?? PLAIN, each.lines),
    codes: each.codes ?? [],
    link: each.link === undefined ? null : link(each.link),
  }
  const who = each.shopper === undefined || each.shopper === null ? null : shopper(each.shopper)
  const at = each.at === undefined ? NOON : instantOf(each.at)
  const options = { usage: usage(each.usage ?? {}), reserving: each.reserving ?? false }
  const { problem, member, ...expected } = each.expect
  const made = book(each.book)
  const priced = price(made, who, cart, at, { ...options, explain: expected.trace !== undefined })
  if (problem !== undefined) expect(priced).toEqual({ ok: false, problem: { kind: problem } })
  else if (!priced.ok) throw new Error(priced.problem.kind)
  else {
    expectEach(seen(priced.value), expected)
    if (each.theirs !== undefined) checkTheirs(each.theirs, each.differs, priced.value)
  }
  if (member !== undefined) checkMember(member, memberPrices(made, who, cart.lines, at, options.usage))
}

/** Another's number is ours, or it is said why not: a difference that is gone is to be said no longer. */
function checkTheirs(theirs: Theirs, differs: string | undefined, { lines: priced, total }: Quote): void {
  const taken = priced.map((line) => line.listPrice * line.quantity - line.total)
  const ours: Required<Theirs> = { taken, firstTaken: taken[0] ?? 0, total }
  if (differs === undefined) expectEach(ours, theirs)
  else expect(ours).not.toMatchObject(theirs)
}

function checkMember(expected: NonNullable<Expected['member']>, answer: ReturnType<typeof memberPrices>): void {
  if (!answer.ok) throw new Error(answer.problem.kind)
  const member = answer.value.map((one) => ({
    price: one.memberPrice,
    rules: amounts(one.rules),
    nextTier: one.nextTierPrice === null ? null : `${one.nextTierPrice.tier.code} ${one.nextTierPrice.price}`,
    breaks: Object.fromEntries(one.quantityBreaks.map((at) => [at.minQuantity, at.price])),
  }))
  expect(member).toHaveLength(expected.length)
  for (const [i, one] of expected.entries()) expectEach(member[i] ?? {}, one)
}

/** Everything that a case names, and nothing that it does not, must be exactly so. */
function expectEach(actual: object, expected: object): void {
  const named = Object.keys(expected)
  expect(Object.fromEntries(Object.entries(actual).filter(([key]) => named.includes(key)))).toStrictEqual(expected)
}

type Source = { readonly repository: string; readonly licence: string; readonly files: Readonly<Record<string, string>> }
type Table = { readonly about: string; readonly source?: Source; readonly cases: readonly Case[] }

/** Numbers of others, and nothing else of theirs: each says where it stands, at which commit. */
function namesItsSource({ cases }: Table, { repository, licence, files }: Source): void {
  test('each number of theirs says where it stands', () => {
    expect([repository, licence]).not.toContain('')
    for (const place of Object.values(files)) expect(place).toMatch(/^\S+ at [0-9a-f]{40}\b/)
    expect(new Set(cases.map(({ from }) => from))).toEqual(new Set(Object.keys(files)))
    for (const { theirs } of cases) expect(theirs).not.toEqual({})
  })
}

for (const file of readdirSync(CASES).filter((name) => name.endsWith('.json'))) {
  const table: Table = JSON.parse(readFileSync(new URL(file, CASES), 'utf8'))
  describe(table.about, () => {
    if (table.source !== undefined) namesItsSource(table, table.source)
    test.each(table.cases)('$name', (each) => {
      expect(each.why).not.toBe('')
      check(each)
    })
  })
}
