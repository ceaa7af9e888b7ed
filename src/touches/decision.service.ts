import type { CustomerRef } from '../customers/customer.model.ts'
import { findCustomerId } from '../customers/customer.service.ts'
import type { Instant } from '../kernel/clock.ts'
import { isUuid } from '../kernel/id.ts'
import { type Problem, problem, within } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { newId } from '../shell/ids.ts'
import { transact, type World } from '../shell/world.ts'
import { decideAll, inTurn, quietWeeks, type Verdict, whyNotNow } from './decision.rules.ts'
import { factsOf } from './facts.service.ts'
import { findFormer } from './facts.store.ts'
import { closeWaiting, findTouches, insertTouches, markStatus, type NewRefusal, writeRefusals } from './ledger.store.ts'
import type { TouchPolicy } from './policy.model.ts'
import { readPolicy } from './policy.service.ts'
import { firstLoud } from './quiet.rules.ts'
import { whyNotOn } from './standing.rules.ts'
import type { Purpose, TouchChannel, TouchDecision, TouchReason, TouchStatus, WantedTouch } from './touch.model.ts'

const MOST_AT_ONCE = 1_000

/**
 * Decides who is spoken to, in the order of the list: what is to be sent is in the ledger and counts at once; why the rest is
 * not, or not yet, is written down. The customers are held until the transaction ends, in the order of their ids: whoever decides
 * for one of them meanwhile waits and sees this. The same key again, while what was decided counts, is the same decision. The number of
 * statements does not grow with the list, which has at most 1,000.
 */
export async function decideTouches(world: World, wanted: readonly WantedTouch[]): Promise<readonly TouchDecision[]> {
  const decided = await transact(world, async (tx) => accept(await decideOnce(tx, wanted)))
  if (!decided.ok) throw new Error('a decision is never refused')
  return decided.value
}

async function decideOnce(world: World, wanted: readonly WantedTouch[]): Promise<readonly TouchDecision[]> {
  const { verdicts, former, leads } = await judge(world, wanted, true)
  const news = wantedAnew(wanted, former)
  const ids = new Map(news.map(({ key }) => [key, newId()]))
  await insertTouches(
    world,
    news.flatMap((one) => {
      const verdict = verdicts.get(one.key)
      if (verdict?.kind !== 'SEND') return []
      return [{ ...originOf(one), id: ids.get(one.key) ?? '', key: one.key, customerId: leadOf(leads, one), purpose: one.purpose, channel: verdict.channel }] // biome-ignore format: one row
    }),
  )
  await writeRefusals(
    world,
    news.flatMap((one) => refusalOf(one, leads.get(one.customerId), verdicts.get(one.key))),
  )
  return answers(wanted, verdicts, former, ids)
}

/** The same answers, and nothing is held or written: what would be sent has no touch. */
export async function foreseeTouches(world: World, wanted: readonly WantedTouch[]): Promise<readonly TouchDecision[]> {
  const { verdicts, former } = await judge(world, wanted, false)
  return answers(wanted, verdicts, former, new Map())
}

/** What would become of one, with all that is known of why; nothing is held or written. */
export async function foreseeOne(
  world: World,
  ref: CustomerRef,
  purpose: Purpose,
  channels: readonly TouchChannel[],
): Promise<Result<Verdict, Problem>> {
  if (channels.length === 0) return refuse(problem('BAD_USER_INPUT', 'Name a channel.', ['channels']))
  const found = await findCustomerId(world, ref)
  if (!found.ok) return refuse(within(found.problem, 'customer'))
  const origin = { campaignId: null, campaignCode: null, step: null, priority: 0, shielded: false, notAfter: null }
  const one = { ...origin, key: `foreseen/${newId()}`, customerId: found.value, purpose, channels: [...new Set(channels)] }
  const verdict = (await judge(world, [one], false)).verdicts.get(one.key)
  if (verdict === undefined) throw new Error('nothing was foreseen')
  return accept(verdict)
}

type Former = ReadonlyMap<string, { readonly touchId: string; readonly channel: TouchChannel }>
type Judged = { readonly verdicts: ReadonlyMap<string, Verdict>; readonly former: Former; readonly leads: ReadonlyMap<string, string> }

async function judge(world: World, wanted: readonly WantedTouch[], held: boolean): Promise<Judged> {
  if (wanted.length > MOST_AT_ONCE) throw new RangeError(`at most ${MOST_AT_ONCE} wanted touches at a time`)
  if (wanted.length === 0) return { verdicts: new Map(), former: new Map(), leads: new Map() }
  const policy = await readPolicy(world)
  const known = await factsOf(world, policy, [...new Set(wanted.map(({ customerId }) => customerId))].filter(isUuid), held)
  // After the hold: who decided for a key before us has written it down by now.
  const rows = await findFormer(world, [...new Set(wanted.map(({ key }) => key))])
  const former = new Map(
    rows.flatMap(({ key, touch_id, channel }) => (touch_id !== null && channel !== null ? [[key, { touchId: touch_id, channel }]] : [])),
  )
  const heldSince = new Map(rows.flatMap(({ key, heldSince }) => (heldSince === null ? [] : [[key, heldSince]])))
  const facts = new Map([...known.facts].map(([id, of]) => [id, { ...of, heldSince }]))
  const [someone, nobody] = [[] as WantedTouch[], [] as WantedTouch[]]
  for (const one of wantedAnew(wanted, former)) (facts.has(known.leads.get(one.customerId) ?? '') ? someone : nobody).push(one)
  const verdicts = decideAll(
    policy,
    (one) => {
      const found = facts.get(known.leads.get(one.customerId) ?? '')
      if (found === undefined) throw new Error(`no facts of customer ${one.customerId}`)
      return found
    },
    someone,
    world.now,
  )
  for (const { key } of nobody) verdicts.set(key, { kind: 'DROP', reason: 'FORGOTTEN', channel: null, byChannel: {} })
  return { verdicts, former, leads: known.leads }
}

/** Each key once, without those that were decided before. */
function wantedAnew(wanted: readonly WantedTouch[], former: Former): WantedTouch[] {
  const first = new Map(inTurn(wanted).map((one) => [one.key, one] as const))
  return [...first.values()].filter(({ key }) => !former.has(key))
}

function answers(
  wanted: readonly WantedTouch[],
  verdicts: ReadonlyMap<string, Verdict>,
  former: Former,
  ids: ReadonlyMap<string, string>,
): TouchDecision[] {
  return wanted.map(({ key }) => {
    const before = former.get(key)
    if (before !== undefined) return { key, kind: 'SEND', ...before }
    const verdict = verdicts.get(key)
    if (verdict === undefined) throw new Error(`nothing was decided of ${key}`)
    if (verdict.kind === 'SEND') return { key, kind: 'SEND', channel: verdict.channel, touchId: ids.get(key) ?? '' }
    if (verdict.kind === 'HOLD') return { key, kind: 'HOLD', until: verdict.until, reason: verdict.reason }
    return { key, kind: 'DROP', reason: verdict.reason }
  })
}

const originOf = ({ campaignId, campaignCode, step, priority }: WantedTouch) => ({ campaignId, campaignCode, step, priority })
const leadOf = (leads: ReadonlyMap<string, string>, { customerId }: WantedTouch) => leads.get(customerId) ?? customerId

function refusalOf(one: WantedTouch, customerId: string | undefined, verdict: Verdict | undefined): NewRefusal[] {
  // Somebody who is nobody of the shop's has no rows.
  if (customerId === undefined || verdict === undefined || verdict.kind === 'SEND') return []
  const { kind, reason, channel, byChannel } = verdict
  const until = kind === 'HOLD' ? new Date(verdict.until).toISOString() : null
  return [{ ...originOf(one), id: newId(), key: one.key, customerId, kind, reason, purpose: one.purpose, channel, byChannel, until }]
}

export type Mark = { readonly touchId: string; readonly status: TouchStatus; readonly at?: Instant | null }

/** What became of touches; FAILED, BOUNCED and CANCELLED count no more. `at`: when it was sent; left out: now. */
export async function markTouches(world: World, rows: readonly Mark[]): Promise<void> {
  await markStatus(
    world,
    rows.map(({ touchId, status, at }) => ({ touchId, status, at: at == null ? null : new Date(at).toISOString() })),
  )
}

/**
 * Of touches that are about to be sent those that may not be any more, and why: an objection, a withdrawn consent, an address that is
 * gone, something that keeps marketing away. QUIET_HOURS: not now. Caps were kept when it was decided.
 */
export async function mayStillTouch(world: World, touchIds: readonly string[]): Promise<ReadonlyMap<string, TouchReason>> {
  if (touchIds.length === 0) return new Map()
  const touches = await findTouches(world, touchIds)
  const policy = await readPolicy(world)
  const { facts, leads } = await factsOf(world, policy, [...new Set(touches.map(({ customer_id }) => customer_id))], false)
  const weeks = quietWeeks(policy)
  const found = touches.flatMap(({ id, customer_id, channel, purpose }): [string, TouchReason][] => {
    const of = facts.get(leads.get(customer_id) ?? '')
    if (of === undefined) return [[id, 'FORGOTTEN']]
    const isQuiet = firstLoud(weeks(channel, purpose), of.clock, world.now) !== world.now
    const why = whyNotOn(policy, of, channel, purpose) ?? blockOf(policy, of, purpose, world.now) ?? (isQuiet ? 'QUIET_HOURS' : null)
    return why === null ? [] : [[id, why]]
  })
  return new Map(found)
}

/** That nobody cared lately keeps nothing back that was decided when somebody had. */
const blockOf = (policy: TouchPolicy, of: Parameters<typeof whyNotNow>[1], purpose: Purpose, now: Instant): TouchReason | null =>
  purpose === 'MARKETING' ? whyNotNow({ ...policy, careFirstDays: null }, of, now) : null

export type NotedRefusal = {
  readonly customerId: string
  readonly campaignId: string | null
  readonly campaignCode?: string | null
  readonly step: number | null
  readonly reason: TouchReason
  readonly purpose?: Purpose | null
  readonly channel?: TouchChannel | null
  /** Asked again then; left out: for good. */
  readonly until?: Instant | null
}

/** Writes down that something is not sent for a reason that the caller found. What waited of the same is closed. */
export async function noteRefusals(world: World, rows: readonly NotedRefusal[]): Promise<void> {
  await closeWaiting(
    world,
    rows.map(({ customerId, campaignId, step }) => ({ customerId, campaignId, step })),
  )
  const named = new Map(
    rows.map((row) => [`${row.campaignId ?? ''}/${row.step ?? ''}/${row.customerId}`, row] as const).map(([key, row]) => [`${key}/${row.reason}`, { key, row }]), // biome-ignore format: one line
  )
  await writeRefusals(
    world,
    [...named.values()].map(({ key, row }) => ({
      id: newId(),
      key,
      customerId: row.customerId,
      kind: row.until == null ? 'DROP' : 'HOLD',
      reason: row.reason,
      purpose: row.purpose ?? null,
      channel: row.channel ?? null,
      byChannel: {},
      until: row.until == null ? null : new Date(row.until).toISOString(),
      campaignId: row.campaignId,
      campaignCode: row.campaignCode ?? null,
      step: row.step,
      priority: 0,
    })),
  )
}
