import { trace, traceAll } from '../audit/audit.service.ts'
import type { Instant } from '../kernel/clock.ts'
import { type Id, isUuid } from '../kernel/id.ts'
import { type Page, type PageRequest, page } from '../kernel/page.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { newId } from '../shell/ids.ts'
import { type Actor, transact, type World } from '../shell/world.ts'
import { holdBook, renewBook, setBookUntil } from '../shops/shop.service.ts'
import { currentTiers } from '../tiers/tier.service.ts'
import type { PublicationState, ScheduledPublication } from './publication.model.ts'
import { scheduleFault, whyNot } from './publication.rules.ts'
import {
  countPublicationRows,
  findPublication,
  findWaiting,
  findWaitingRules,
  giveBackDrafts,
  insertPublication,
  listPublicationRows,
  lookAtWaiting,
  putWaitingInForce,
  setAside,
  settlePublication,
} from './publication.store.ts'
import type { Rule, Terms } from './rule.model.ts'
import { publishable } from './rule.rules.ts'
import { findRules } from './rule.store.ts'
import { isRuleCode, tiersByCode } from './terms.model.ts'

/** `rules` as they stood before: their drafts are what is set aside now. */
export type Scheduled = { readonly publication: ScheduledPublication; readonly rules: readonly Rule[] }

/**
 * Sets drafts to go into force at an instant, as they are now, all or none. They are set aside: another draft may be begun
 * beside them. The instant must lie ahead by the database's clock.
 */
export function schedulePublication(world: World, codes: readonly string[], at: Instant): Promise<Result<Scheduled, Problem>> {
  return transact(world, async (tx) => {
    const scheduledIn = await holdSettledBook(tx)
    const decision = publishable(await findRules(tx, codes.filter(isRuleCode)), codes)
    if (!decision.ok) return decision
    const { waiting, now } = await lookAtWaiting(tx)
    const fault = scheduleFault(at, now, waiting)
    if (fault !== null) return refuse(fault)
    const rules = decision.value.flatMap(({ code, draft }) => (draft === null ? [] : [{ code, version: draft.version }]))
    const id = newId() as Id<'Publication'>
    const untouched = { settledAt: null, bookVersion: null, problem: null }
    await insertPublication(tx, { id, at, state: 'SCHEDULED', rules, scheduledAt: now, scheduledIn, ...untouched })
    await setAside(
      tx,
      id,
      decision.value.map((rule) => rule.id),
    )
    await trace(tx, { action: 'schedulePublication', target: targetOf(id), after: { at, rules } })
    await noteNext(tx)
    return accept({ publication: await getPublication(tx, id), rules: decision.value })
  })
}

/** Takes a publication back that has not gone into force: what it set aside is a draft again, unless another was begun since. */
export function cancelPublication(world: World, id: string): Promise<Result<ScheduledPublication, Problem>> {
  return transact(world, async (tx) => {
    await holdSettledBook(tx)
    const found = isUuid(id) ? await findPublication(tx, id) : null
    if (found === null) return refuse(problem('NOT_FOUND', 'There is no such publication in this shop.', ['id']))
    if (found.state !== 'SCHEDULED')
      return refuse(problem('CONFLICT', `This publication does not wait any more: it is ${found.state}.`, ['id']))
    await giveBackDrafts(tx, found.id)
    await settlePublication(tx, found.id, { state: 'CANCELLED' })
    await trace(tx, { action: 'cancelPublication', target: targetOf(found.id), before: { at: found.at, rules: found.rules } })
    await noteNext(tx)
    return accept(await getPublication(tx, found.id))
  })
}

const SCHEDULE: Actor = { kind: 'SYSTEM', id: null, name: 'scheduled publication' }

/**
 * Puts in force what is due by the database's clock, each publication as a version of the book since its instant: whoever
 * comes upon one does so, before they price or publish. One that cannot go into force is written as failed and holds up nobody.
 */
export async function settleDue(world: World): Promise<void> {
  if ((await findWaiting(world, null)).length === 0) return
  await transact(world, async (tx) => {
    await holdBook(tx)
    const due = await findWaiting(tx, null)
    for (const publication of due) await settle({ ...tx, now: publication.at, actor: SCHEDULE }, publication)
    if (due.length > 0) await noteNext(tx)
    return accept(true)
  })
}

/** Until this transaction ends nobody else changes the book, and nothing is due in it: whoever publishes comes after what was set before. */
export async function holdSettledBook(world: World): Promise<number> {
  await holdBook(world)
  await settleDue(world)
  return holdBook(world)
}

async function settle(world: World, publication: ScheduledPublication): Promise<void> {
  const { id, at } = publication
  const rules = (await findWaitingRules(world, [id])).get(id) ?? []
  const reason = whyNot(publication, rules, tiersByCode(await currentTiers(world)))
  if (reason !== null) {
    await giveBackDrafts(world, id)
    await settlePublication(world, id, { state: 'FAILED', problem: reason })
    return trace(world, { action: 'publicationFailed', target: targetOf(id), after: { reason } })
  }
  const book = await renewBook(world, {}, at)
  const ruleIds = rules.map((rule) => rule.id)
  await putWaitingInForce(world, id, ruleIds, book)
  await settlePublication(world, id, { state: 'APPLIED', bookVersion: book.version })
  await traceAll(
    world,
    rules.map(({ kind, code, inForce, waiting }) => ({
      action: 'publish',
      target: `${kind.toLowerCase()}/${code}`,
      before: inForce,
      after: waiting.terms,
    })),
  )
}

const noteNext = async (world: World): Promise<void> => setBookUntil(world, (await lookAtWaiting(world)).next)

const targetOf = (id: string) => `publication/${id}`

async function getPublication(world: World, id: string): Promise<ScheduledPublication> {
  const found = await findPublication(world, id)
  if (found === null) throw new Error(`no publication ${id}`)
  return found
}

/** The newest first. Whatever is due is settled before. */
export async function pageOfPublications(
  world: World,
  state: PublicationState | null,
  request: PageRequest,
): Promise<Page<ScheduledPublication>> {
  await settleDue(world)
  return page(await listPublicationRows(world, state, request), request, (publication) => publication.id)
}

export const numberOfPublications = (world: World, state: PublicationState | null): Promise<number> => countPublicationRows(world, state)

/** What each publication that waits until an instant puts in force, in the order in which they are due. */
export async function waitingUntil(world: World, at: Instant): Promise<{ readonly terms: Terms; readonly at: Instant }[]> {
  const waiting = await findWaiting(world, at)
  if (waiting.length === 0) return []
  const rules = await findWaitingRules(
    world,
    waiting.map(({ id }) => id),
  )
  return waiting.flatMap(({ id, at: due }) => (rules.get(id) ?? []).map((rule) => ({ terms: rule.waiting.terms, at: due })))
}

/** The terms that wait until an instant: of one rule the last count. */
export const termsWaitingUntil = async (world: World, at: Instant): Promise<Terms[]> => [
  ...new Map((await waitingUntil(world, at)).map(({ terms }) => [terms.code, terms] as const)).values(),
]
