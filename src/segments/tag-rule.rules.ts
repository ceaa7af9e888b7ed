import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { isWord } from '../kernel/text.ts'
import { tagKey } from '../query/facts.ts'
import { printQuery } from '../query/print.ts'
import { clausesOf, type Segments } from '../query/segment.ts'
import type { CustomerQuery } from '../query/tree.ts'
import { readQuery } from './customer-query.model.ts'
import type { Regularly, TagRule, WantedTagRule } from './tag-rule.model.ts'

const MAX_RULES = 200
const MAX_TAG = 100
const LONGEST = { times: 1_000, days: 3_650 }

/** The rule as it is to be, with what it asks; another of the same tag is replaced. */
export function decideTagRule(
  saved: readonly TagRule[],
  wanted: WantedTagRule,
  segments: Segments,
  now: TagRule['updatedAt'],
): Result<TagRule, Problem> {
  if (!isWord(wanted.tag, MAX_TAG)) return bad(`A tag must have 1 to ${MAX_TAG} printable characters.`, 'tag')
  const tag = wanted.tag.trim()
  const text = queryOf(wanted)
  if (!text.ok) return text
  const query = readQuery(text.value, ['input', wanted.regularly == null ? 'query' : 'regularly'], 'AUDIENCE', segments)
  if (!query.ok) return query
  const key = tagKey(tag)
  const others = saved.filter((rule) => rule.key !== key)
  if (others.length === saved.length && saved.length >= MAX_RULES)
    return refuse(problem('TOO_MANY_ITEMS', `A shop has at most ${MAX_RULES} rules for tags.`, ['input']))
  const rule: TagRule = { key, tag, query: text.value, updatedAt: now, appliedAt: null }
  const order = inOrder([...others, rule], segments)
  return order.ok ? accept(rule) : order
}

const bad = (message: string, ...path: string[]): Result<never, Problem> => refuse(problem('BAD_USER_INPUT', message, ['input', ...path]))

function queryOf({ query, regularly }: WantedTagRule): Result<string, Problem> {
  const written = query == null || query.trim() === '' ? null : query
  if ((written === null) === (regularly == null)) return bad('Give either query or regularly.', 'query')
  if (written !== null) return accept(written)
  return regularly == null ? bad('Give either query or regularly.', 'query') : expand(regularly)
}

/** What "buys it regularly" says in the query language: so many lines of orders within so many days. */
function expand({ sku, category, times, days }: Regularly): Result<string, Problem> {
  const [name, text] = sku == null ? (['category', category] as const) : (['sku', sku] as const)
  if (text == null || (sku != null && category != null)) return bad('Name either a sku or a category.', 'regularly')
  if (!isWord(text, 500) || text.includes('\\'))
    return bad(`${name} must have 1 to 500 printable characters, no backslash.`, 'regularly', name)
  if (times < 1 || times > LONGEST.times) return bad(`times must be from 1 to ${LONGEST.times}.`, 'regularly', 'times')
  if (days < 1 || days > LONGEST.days) return bad(`days must be from 1 to ${LONGEST.days}.`, 'regularly', 'days')
  const query: CustomerQuery = {
    kind: 'function',
    name: 'products_purchased',
    negated: false,
    parameters: [
      { name, test: { op: '=', value: { kind: 'text', text } } },
      { name: 'date', test: { op: '>=', value: { kind: 'offset', count: -days, unit: 'd' } } },
      { name: 'count', test: { op: '>=', value: { kind: 'integer', text: String(times) } } },
    ],
  }
  return accept(printQuery(query))
}

export type ReadRule = { readonly rule: TagRule; readonly query: CustomerQuery }

/**
 * The rules such that each comes after those whose tags it asks for, by way of segments too: applied in this order once,
 * they have nothing left to change. A rule that asks for its own tag, directly or around a corner, would never come to rest.
 */
export function inOrder(rules: readonly TagRule[], segments: Segments): Result<readonly ReadRule[], Problem> {
  const waiting = new Map<string, ReadRule & { readonly needs: ReadonlySet<string> | 'ALL' }>()
  for (const rule of rules) {
    const query = readQuery(rule.query, ['input', 'query'], 'AUDIENCE', segments)
    if (!query.ok) return query
    if (query.value !== null) waiting.set(rule.key, { rule, query: query.value, needs: tagsAsked(query.value) })
  }
  const ordered: ReadRule[] = []
  while (waiting.size > 0) {
    const ready = [...waiting.values()].filter(({ needs }) => needs !== 'ALL' && ![...needs].some((key) => waiting.has(key)))
    if (ready.length === 0) return refuse(circle([...waiting.values()].map(({ rule }) => rule.tag)))
    for (const { rule, query } of ready) {
      ordered.push({ rule, query })
      waiting.delete(rule.key)
    }
  }
  return accept(ordered)
}

/**
 * A tier that asks for a tag, the rule of which asks in turn for tiers, by way of other rules and segments too: each day the one would move
 * whom the other moved. `conditions`: what tiers ask of customers. Null: there is no such circle.
 */
export function tierCircle(rules: readonly TagRule[], conditions: readonly string[], segments: Segments): Problem | null {
  const asked = conditions.flatMap((condition) => {
    const query = readQuery(condition, [], 'TIER', segments)
    return query.ok && query.value !== null ? [tagsAsked(query.value)] : []
  })
  const reached = new Set<string>()
  for (let needs = asked; needs.length > 0; ) {
    const next = rules.filter(({ key }) => !reached.has(key) && needs.some((tags) => tags === 'ALL' || tags.has(key)))
    needs = []
    for (const { key, tag, query: text } of next) {
      reached.add(key)
      const query = readQuery(text, [], 'AUDIENCE', segments)
      if (!query.ok || query.value === null) continue
      if (clausesOf(query.value, { within: true }).some(asksForTier)) return tierCircleBy(tag)
      needs.push(tagsAsked(query.value))
    }
  }
  return null
}

const asksForTier = (clause: CustomerQuery): boolean =>
  clause.kind === 'attribute' && (clause.attribute === 'customer_tier' || clause.attribute === 'tier_since')

const tierCircleBy = (tag: string): Problem =>
  problem(
    'CONFLICT',
    `Tiers and rules for tags may not wait for each other in a circle: a tier asks for a tag that follows from the rule for "${tag}", which asks for tiers.`,
    ['input', 'query'],
  )

/** The tags that a query asks for; all of them where it asks whether there is any. */
function tagsAsked(query: CustomerQuery): ReadonlySet<string> | 'ALL' {
  const asked = new Set<string>()
  for (const clause of clausesOf(query, { within: true })) {
    if (clause.kind !== 'attribute' || clause.attribute !== 'customer_tags') continue
    if (!('value' in clause.test) || clause.test.value.kind !== 'text') return 'ALL'
    asked.add(tagKey(clause.test.value.text))
  }
  return asked
}

const circle = (tags: readonly string[]): Problem =>
  problem('CONFLICT', `Rules for tags may not wait for each other, or for their own tag, in a circle: ${tags.join(', ')}.`, [
    'input',
    'query',
  ])
