import { DAY_MS, instant } from '../kernel/clock.ts'
import { type WallClock, wallClock } from '../kernel/wall-clock.ts'
import { isTimeZone } from '../kernel/zone.ts'
import { conditionOf } from '../segments/customer-query.service.ts'
import { understand } from '../segments/segment.service.ts'
import { sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import { readShop } from '../shops/shop.service.ts'
import type { CustomerFacts } from './decision.rules.ts'
import { findLeads, findOpen, findPastTouches, findStandingObjections, findWaiting, findWords, readPersons, whichHold } from './facts.store.ts' // biome-ignore format: one line
import { countsAt, lastCare, sinceWhen } from './ledger.rules.ts'
import type { Cap, TouchPolicy } from './policy.model.ts'
import { addressesOfPersons } from './reach.service.ts'
import type { TouchChannel } from './touch.model.ts'

export type Facts = Omit<CustomerFacts, 'heldSince'>
/** What is asked of customers, by whom they are; `leads`: who each asked id is, merges followed. */
export type Known = { readonly facts: ReadonlyMap<string, Facts>; readonly leads: ReadonlyMap<string, string> }

/** All that a decision asks of these customers. `held`: until the transaction ends. */
export async function factsOf(world: World, policy: TouchPolicy, asked: readonly string[], held: boolean): Promise<Known> {
  const { persons, leads } = await findPeople(world, asked, held)
  const ids = persons.map(({ id }) => id)
  const addresses = await addressesOfPersons(world, persons)
  const words = by(await findWords(world, ids))
  const objections = by(await findStandingObjections(world, ids))
  const touches = by(await findPastTouches(world, ids, sinceWhen(policy, world.now)))
  const waiting = by(await findWaiting(world, ids))
  const open = by(await findOpen(world, ids, instant(world.now - policy.openAtMostDays * DAY_MS)))
  const caps = await capsOf(world, policy, ids)
  const clockOf = clocks((await readShop(world)).timeZone)
  const facts = persons.map((person): [string, Facts] => {
    const of = <Row>(rows: ReadonlyMap<string, Row[]>) => rows.get(person.id) ?? []
    const past = of(touches)
    const has = new Set(of(open).map(({ topic }) => topic))
    return [
      person.id,
      {
        clock: clockOf(person.time_zone),
        reachable: new Set(Object.keys(addresses.get(person.id) ?? {}) as TouchChannel[]),
        words: of(words),
        objections: of(objections),
        made: past.map((touch) => ({ ...touch, at: countsAt(touch, world.now), priority: null })),
        waiting: of(waiting).flatMap(({ key, channel, purpose, priority, until }) =>
          channel === null || purpose === null ? [] : [{ key, channel, purpose, priority, byHand: false, at: Math.max(until, world.now) }],
        ),
        hasOpen: { complaint: has.has('complaint'), order: has.has('order'), refund: has.has('refund') },
        lastCareAt: lastCare(past, world.now),
        caps: caps(person.id),
      },
    ]
  })
  return { facts: new Map(facts), leads }
}

/** Whom ids lead to; held, looked up again if somebody was merged meanwhile. */
async function findPeople(world: World, asked: readonly string[], held: boolean) {
  for (;;) {
    const leads = await findLeads(world, asked)
    const persons = await readPersons(world, [...new Set(leads.values())], held)
    if (persons.every(({ merged_into }) => merged_into === null)) return { persons, leads }
  }
}

function by<Row extends { readonly customer_id: string }>(rows: readonly Row[]): ReadonlyMap<string, Row[]> {
  return Map.groupBy(rows, (row) => row.customer_id)
}

/** The wall clock of each zone, made once; of one that is none of IANA's, the shop's. */
function clocks(shopZone: string): (zone: string | null) => WallClock {
  const known = new Map<string, WallClock>()
  const clockOf = (zone: string): WallClock => {
    const clock = known.get(zone) ?? (zone === shopZone || isTimeZone(zone) ? wallClock(zone) : clockOf(shopZone))
    known.set(zone, clock)
    return clock
  }
  return (zone) => clockOf(zone ?? shopZone)
}

/** Those caps of the policy that are for a customer. */
async function capsOf(world: World, { caps }: TouchPolicy, ids: readonly string[]): Promise<(id: string) => readonly Cap[]> {
  const [forAll, forSome] = [caps.filter(({ audience }) => audience === null), caps.filter(({ audience }) => audience !== null)]
  if (forSome.length === 0) return () => forAll
  const conditions = []
  for (const { audience } of forSome) {
    const query = await understand(world, audience, [])
    // A segment that it names may be gone; nothing else that was saved can be wrong: then it is for everybody, to be on the safe side.
    conditions.push(query.ok ? await conditionOf(world, query.value, { ofFew: true }) : sql`true`)
  }
  const held = new Map((await whichHold(world, ids, conditions)).map((row) => [row.id, row.held]))
  return (id) => [...forAll, ...forSome.filter((_, i) => held.get(id)?.includes(i))]
}
