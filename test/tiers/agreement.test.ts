import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DAY_MS, type Instant, instant } from '../../src/kernel/clock.ts'
import { accept } from '../../src/kernel/result.ts'
import { asJson, rowsOf, sql, toInstantOrNull } from '../../src/shell/sql.ts'
import { transact, type World } from '../../src/shell/world.ts'
import { evaluateTiers, followRecount } from '../../src/tiers/evaluation.service.ts'
import { move } from '../../src/tiers/evaluation.store.ts'
import { levelsOf } from '../../src/tiers/level.service.ts'
import type { Standing } from '../../src/tiers/standing.model.ts'
import { nextStanding, type Rung } from '../../src/tiers/standing.rules.ts'
import { pinTier, unpinTier } from '../../src/tiers/standing.service.ts'
import { currentTiers, saveTier } from '../../src/tiers/tier.service.ts'
import { customers } from '../harness/acts.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'

// The same people, with the same history, in two shops: in one everybody is evaluated by one statement, in the other one by one. Both
// are what the plain rule says of each.

const PEOPLE = ['ann', 'bob', 'cy', 'dee']
type Facts = { readonly a: number; readonly b: number }
type Condition = { readonly text: string; readonly holds: (facts: Facts) => boolean }

const condition = fc.oneof(
  fc.nat(4).map((n): Condition => ({ text: `attributes.a >= ${n + 1}`, holds: ({ a }) => a > n })),
  fc.nat(4).map((n): Condition => ({ text: `NOT attributes.b < ${n}`, holds: ({ b }) => b >= n })),
  fc.nat(4).map((n): Condition => ({ text: `attributes.a = ${n} OR attributes.b > ${n}`, holds: ({ a, b }) => a === n || b > n })),
)
const tier = fc.record({
  qualification: fc.option(condition, { freq: 3 }),
  retention: fc.option(condition, { freq: 1 }),
  graceDays: fc.constantFrom(0, 1, 2),
})
const facts = fc.record({ a: fc.nat(6), b: fc.nat(6) })
const who = fc.nat(PEOPLE.length - 1)
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('LIVE' as const), who, facts }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('WAIT' as const), days: fc.integer({ min: 1, max: 2 }) }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('EVERYBODY' as const) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('SOME' as const), some: fc.uniqueArray(who, { minLength: 1 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('PIN' as const), who, tier: fc.nat(3), days: fc.option(fc.integer({ min: 1, max: 6 })) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('UNPIN' as const), who }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('CHANGE' as const), tier: fc.nat(3), to: tier }) },
)
type Tier = typeof tier extends fc.Arbitrary<infer T> ? T : never

type Person = { standing: Standing; facts: Facts; pinnedUntil: Instant | null | 'NOT' }

/** The shop as it should be, by nothing but the rule. */
class Plain {
  readonly people: Person[] = PEOPLE.map(() => ({
    standing: { tierId: null, failingSince: null },
    facts: { a: 0, b: 0 },
    pinnedUntil: 'NOT',
  }))

  evaluate(which: readonly number[], tiers: readonly Tier[], now: Instant, mayFall: boolean): void {
    for (const i of which) {
      const person = this.people[i] as Person
      const isPinned = person.pinnedUntil !== 'NOT' && (person.pinnedUntil === null || person.pinnedUntil > now)
      if (!isPinned) person.standing = nextStanding(person.standing, rungsOf(tiers, person.facts), now, mayFall)
    }
  }
}

const rungsOf = (tiers: readonly Tier[], of: Facts): Rung[] =>
  tiers
    .map(({ qualification, retention, graceDays }, i) => ({
      id: `t${i}`,
      qualifies: qualification?.holds(of) ?? null,
      retains: retention?.holds(of) ?? null,
      graceDays,
    }))
    .toReversed()

type Way = {
  readonly shop: TestShop
  readonly everybody: (world: World) => Promise<unknown>
  readonly some: (world: World, ids: readonly string[]) => Promise<unknown>
}

async function moveOne(world: World, id: string, mayFall: boolean): Promise<void> {
  await transact(world, async (tx) => {
    await move(tx, {
      holder: 'CUSTOMER',
      programme: await levelsOf(tx, 'CUSTOMER', await currentTiers(tx), { ofFew: true }),
      ids: [id],
      mayFall,
    })
    return accept(null)
  })
}

async function standingsOf({ em, shopId }: World): Promise<Standing[]> {
  const rows = await rowsOf<{ code: string | null; failing: string | null }>(
    em,
    sql`select t.code, c.tier_failing_since as failing from customer c left join tier t on t.shop_id = c.shop_id and t.id = c.tier_id
        where c.shop_id = ${shopId} order by c.external_id`,
  )
  return rows.map(({ code, failing }) => ({ tierId: code, failingSince: toInstantOrNull(failing) }))
}

const save = async (world: World, i: number, { qualification, retention, graceDays }: Tier) => {
  const saved = await saveTier(world, {
    code: `t${i}`,
    name: `T${i}`,
    rank: i,
    qualification: qualification?.text ?? null,
    retention: retention?.text ?? null,
    graceDays,
  })
  if (!saved.ok) throw new Error(saved.problem.message)
}

const START = Date.UTC(2026, 0, 1)

test('everybody at once, one by one, and the rule agree through any history', async () => {
  const ways: Way[] = []
  for (const kind of ['SET', 'MANY', 'ONE']) {
    const shop = await openTestShop()
    await customers(shop, Object.fromEntries(PEOPLE.map((name) => [name, null])))
    ways.push(
      kind !== 'ONE'
        ? {
            shop,
            // As in a large shop: nobody is named one by one.
            everybody: (world) => evaluateTiers(world, false, kind === 'MANY' ? 0 : undefined),
            some: (world, ids) =>
              transact(world, async (tx) => {
                await followRecount(tx, ids)
                return accept(null)
              }),
          }
        : {
            shop,
            everybody: async (world) => {
              for (const id of await idsOf(world)) await moveOne(world, id, true)
            },
            some: async (world, ids) => {
              for (const id of ids) await moveOne(world, id, false)
            },
          },
    )
  }
  await fc.assert(
    fc.asyncProperty(
      fc.array(tier, { minLength: 4, maxLength: 4 }),
      fc.array(step, { minLength: 15, maxLength: 30 }),
      async (programme, steps) => {
        const plain = new Plain()
        const tiers = [...programme]
        let day = 0
        const now = () => instant(START + day * DAY_MS)
        for (const { shop } of ways) await reset(shop.world(), tiers)
        for (const one of steps) {
          if (one.kind === 'WAIT') day += one.days
          if (one.kind === 'EVERYBODY') plain.evaluate([0, 1, 2, 3], tiers, now(), true)
          if (one.kind === 'SOME') plain.evaluate(one.some, tiers, now(), false)
          if (one.kind === 'CHANGE') tiers[one.tier] = one.to
          const person = 'who' in one ? (plain.people[one.who] as Person) : null
          if (one.kind === 'LIVE' && person) person.facts = one.facts
          if ((one.kind === 'PIN' || one.kind === 'UNPIN') && person) person.standing = { ...person.standing, failingSince: null }
          if (one.kind === 'PIN' && person) person.pinnedUntil = one.days === null ? null : instant(now() + one.days * DAY_MS)
          if (one.kind === 'UNPIN' && person) person.pinnedUntil = 'NOT'
          for (const { shop, everybody, some } of ways) {
            const world = shop.world(new Date(now()))
            const ids = await idsOf(world)
            if (one.kind === 'EVERYBODY') await everybody(world)
            if (one.kind === 'SOME')
              await some(
                world,
                one.some.map((i) => ids[i] ?? ''),
              )
            if (one.kind === 'CHANGE') await save(world, one.tier, one.to)
            if (one.kind === 'LIVE') await live(world, ids[one.who] ?? '', one.facts)
            const ref = { by: 'externalId', value: PEOPLE['who' in one ? one.who : 0] ?? '' } as const
            if (one.kind === 'UNPIN') await unpinTier(world, ref)
            if (one.kind === 'PIN')
              await pinTier(world, ref, {
                tierCode: `t${one.tier}`,
                until: one.days === null ? null : now() + one.days * DAY_MS,
                reason: 'x',
              })
          }
          const expected = plain.people.map(({ standing }) => standing)
          for (const { shop } of ways) expect(await standingsOf(shop.world())).toEqual(expected)
        }
      },
    ),
    { numRuns: Number(process.env.TIER_RUNS ?? 20) },
  )
})

const idsOf = async ({ em, shopId }: World): Promise<string[]> =>
  (await rowsOf<{ id: string }>(em, sql`select id from customer where shop_id = ${shopId} order by external_id`)).map(({ id }) => id)

const live = ({ em, shopId }: World, id: string, now: Facts) =>
  rowsOf(em, sql`update customer set attributes = ${asJson(now)} where shop_id = ${shopId} and id = ${id}::uuid`)

async function reset(world: World, tiers: readonly Tier[]): Promise<void> {
  const { em, shopId } = world
  await rowsOf(
    em,
    sql`update customer set attributes = ${asJson({ a: 0, b: 0 })}, tier_id = null, tier_failing_since = null, pin_tier_id = null, pinned_until = null, pin_reason = null
        where shop_id = ${shopId}`,
  )
  for (const [i, one] of tiers.entries()) await save(world, i, one)
}
