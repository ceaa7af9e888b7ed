import { expect, test } from 'vitest'
import { settleScores } from '../../src/scores/score.service.ts'
import { customers, orders, pin, products, publish, saveOffer, tiers } from '../harness/acts.ts'
import { openTestShop } from '../harness/shop.ts'
import { externalIds, saveSegment } from './saving.ts'

// Whatever an attribute is: each negation holds exactly whom its opposite does not, and what is not there answers no to every question
// and yes to every negation; in lists and at the till alike.

const ALL = ['empty', 'full', 'other']
const VALUES: Readonly<Record<string, readonly string[]>> = {
  AMOUNT: ['200', '0'],
  NUMBER: ['50', '0'],
  WHOLE_NUMBER: ['2', '0'],
  DATE: ['2026-01-01', 'today'],
  LIST: ["'vip'", "'x'"],
  TEXT: ["'x'", "'gold'"],
  BOOLEAN: ['true', 'false'],
  ANY: ['1', '2026-01-01'],
}
const OPPOSITES: readonly (readonly [string, string])[] = [
  ['=', '!='],
  ['IN', 'NOT IN'],
  ['CONTAINS', 'NOT CONTAINS'],
  ['IS NULL', 'IS NOT NULL'],
]

function operandsOf(op: string, words: readonly string[]): readonly string[] {
  const [first = '', second = ''] = words
  if (op.endsWith('NULL')) return ['']
  if (op === 'BETWEEN') return [`${first} AND ${first}`]
  if (op === 'IN' || op === 'NOT IN') return [`(${words.join(', ')})`]
  return op.startsWith('<') || op.startsWith('>') || second === '' ? [first] : [first, second]
}

test('of every attribute each negation is the exact complement, in lists and at the till', async () => {
  const shop = await openTestShop()
  await tiers(shop, 'gold')
  await products(shop, { A: { listPrice: 100, costPrice: 10, categoryPaths: [['a']] }, P: 1_000 })
  await shop.storefront('mutation { upsertCompanies(companies: [{ externalId: "acme", name: "Acme", industry: "x", certified: true }]) }')
  await customers(shop, {
    empty: null,
    full: {
      tags: ['VIP'],
      country: 'CN',
      region: 'x',
      city: 'x',
      email: 'a@x',
      language: 'x',
      source: 'x',
      gender: 'FEMALE',
      kind: 'ENTERPRISE',
      role: 'PURCHASER',
      purpose: 'RESALE',
      industry: 'x',
      companyExternalId: 'acme',
      birthDate: '1990-01-01',
      attributes: { n: 1 },
      consents: [
        { channel: 'EMAIL', granted: true },
        { channel: 'SMS', granted: true },
      ],
    },
    other: { attributes: { n: 'a' }, consents: [{ channel: 'EMAIL', granted: false }] },
  })
  await pin(shop, 'full', 'gold')
  await saveSegment(shop, 's', "customer_tags CONTAINS 'vip'")
  await orders(
    shop,
    ['full', 'A', 10_000, 1, '2026-01-01T00:00:00Z'],
    ['full', 'A', 10_000, 1, '2026-02-01T00:00:00Z'],
    ['other', 'A', 10_000, 1, '2026-01-01T00:00:00Z'],
  )
  await settleScores(shop.world())

  const { segmentAttributes } = await shop.admin('{ segmentAttributes { kind name type operators values { value } } }')
  const asked: string[] = []
  const empty: [string, boolean][] = []
  for (const { kind, name, type, operators, values } of segmentAttributes) {
    if (kind !== 'ATTRIBUTE') continue
    const attribute = name === 'attributes.<name>' ? 'attributes.n' : name
    const words: string[] =
      name === 'in_segment'
        ? ["'s'"]
        : type === 'ENUM'
          ? values.slice(0, 2).map(({ value }: { value: string }) => `'${value}'`)
          : (VALUES[type] ?? [])
    for (const op of operators as string[]) {
      for (const operand of operandsOf(op, words)) asked.push(`${attribute} ${op} ${operand}`.trimEnd())
    }
    for (const [yes, no] of OPPOSITES) {
      if (!operators.includes(yes) || !operators.includes(no)) continue
      const operand = yes.includes('NULL') ? '' : yes === 'IN' ? `(${words.join(', ')})` : (words[0] ?? '')
      const [held, others] = [
        await externalIds(shop, `${attribute} ${yes} ${operand}`),
        await externalIds(shop, `${attribute} ${no} ${operand}`),
      ]
      expect([`${attribute} ${yes} ${operand}`, [...held, ...others].sort()]).toEqual([`${attribute} ${yes} ${operand}`, ALL])
      if (yes === 'IS NULL' && held.includes('empty')) empty.push([attribute, true])
    }
  }
  // Who has nothing answers no to everything but negations.
  for (const [attribute] of empty)
    for (const query of asked.filter((one) => one.startsWith(`${attribute} `))) {
      const isNegation = / (?:!=|NOT IN|NOT CONTAINS|IS NULL)/.test(query)
      expect([query, (await externalIds(shop, query)).includes('empty')]).toEqual([query, isNegation])
    }
  const held = await Promise.all(asked.map((query) => externalIds(shop, query)))
  const complement = await Promise.all(asked.map((query) => externalIds(shop, `NOT (${query})`)))
  expect(asked.map((query, i) => [query, [...(held[i] ?? []), ...(complement[i] ?? [])].sort()])).toEqual(
    asked.map((query) => [query, ALL]),
  )

  for (const [i, audience] of asked.entries())
    await saveOffer(shop, { code: `q${i}`, level: 'PRODUCT', audience, product: { adjustment: { percentOff: 1 } } })
  await publish(shop, ...asked.map((_, i) => `q${i}`))
  const found = asked.map(() => [] as string[])
  for (const externalId of ALL) {
    const { quote } = await shop.storefront(
      'query ($customer: CustomerRef) { quote(cart: { lines: [{ sku: "P", quantity: 1 }] }, customer: $customer, explain: true) { lines { trace { code outcome } } } }',
      { customer: { externalId } },
    )
    for (const { code, outcome } of quote.lines[0].trace) if (outcome !== 'NOT_IN_AUDIENCE') found[Number(code.slice(1))]?.push(externalId)
  }
  expect(asked.map((query, i) => [query, found[i]])).toEqual(asked.map((query, i) => [query, held[i]]))
})

test('an empty shop has nobody, of whom nobody is 0 per cent', async () => {
  const shop = await openTestShop()
  const { previewSegment } = await shop.admin('{ previewSegment(query: "number_of_orders >= 0") { customerCount percent sample { id } } }')
  expect(previewSegment).toEqual({ customerCount: 0, percent: 0, sample: [] })
})

test('a saved segment says when it was last saved, and counts as of now', async () => {
  const shop = await openTestShop()
  await customers(shop, { ann: { tags: ['vip'] } })
  const save = (query: string) =>
    shop.admin(
      'mutation ($query: String!) { saveSegment(input: { code: "s", name: "S", query: $query }) { id customerCount updatedAt query } }',
      { query },
    )
  const { saveSegment: first } = await save("  customer_tags CONTAINS 'VIP'\n")
  expect(first).toMatchObject({ customerCount: 1 })
  await customers(shop, { bob: { tags: ['Vip'] } })
  const { segments } = await shop.admin('{ segments { totalCount nodes { code customerCount updatedAt } } }')
  expect(segments).toEqual({ totalCount: 1, nodes: [{ code: 's', customerCount: 2, updatedAt: first.updatedAt }] })
  const { saveSegment: second } = await save('number_of_orders > 0')
  expect(second.id).toBe(first.id)
  expect(second.customerCount).toBe(0)
  expect(Date.parse(second.updatedAt)).toBeGreaterThan(Date.parse(first.updatedAt))
})
