import { trace } from '../audit/audit.service.ts'
import { DAY_MS, instant } from '../kernel/clock.ts'
import { isUuid } from '../kernel/id.ts'
import { type Page, type PageRequest, page } from '../kernel/page.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { transact, type World } from '../shell/world.ts'
import type { Delivery, DeliveryStatus } from './delivery.model.ts'
import { faultOf, tidy } from './delivery.rules.ts'
import { againNow, countDeliveries, listDeliveries, purgeEvents } from './delivery.store.ts'
import { post } from './sending.service.ts'
import { LOCKED, openSubscription, targetOf, unknown } from './subscription.service.ts'
import { findSubscription } from './subscription.store.ts'

/** As long as something new is tried. */
const TRIED_DAYS = 3
/** So long it is kept what happened and what became of it. */
const KEPT_DAYS = 30
const AT_ONCE = 10_000
const MOST_NAMED = 1_000

/** What was sent to a subscription and what is to be, the newest first. */
export async function pageOfDeliveries(
  world: World,
  code: string,
  status: DeliveryStatus | null,
  request: PageRequest,
): Promise<Result<Page<Delivery> & { readonly count: () => Promise<number> }, Problem>> {
  const found = await findSubscription(world, code)
  if (found === null) return refuse(unknown(code))
  const rows = await listDeliveries(world, found.id, status, request)
  return accept({ ...page(rows, request, ({ seq }) => seq), count: () => countDeliveries(world, found.id, status) })
}

/** Has these events go again, delivered or not, or all that were given up (null); how many. Those that were deleted meanwhile do not. */
export function resend(world: World, code: string, eventIds: readonly string[] | null): Promise<Result<number, Problem>> {
  return transact(world, async (tx) => {
    if (eventIds !== null && eventIds.length > MOST_NAMED)
      return refuse(problem('TOO_MANY_ITEMS', `At most ${MOST_NAMED} at once.`, ['eventIds']))
    const wrong = eventIds?.findIndex((id) => !isUuid(id)) ?? -1
    if (wrong >= 0) return refuse(problem('BAD_USER_INPUT', 'eventIds are ids of events (eventId).', ['eventIds', wrong]))
    const found = await findSubscription(tx, code)
    if (found === null) return refuse(unknown(code))
    const resent = await againNow(tx, found.id, eventIds, instant(tx.now + TRIED_DAYS * DAY_MS))
    await trace(tx, { action: 'resendWebhookDeliveries', target: targetOf(code), after: { resent } })
    return accept(resent)
  })
}

/** What came back of a test. */
export type Tested = { readonly status: number | null; readonly ms: number; readonly body: string | null; readonly fault: string | null }

/** Sends an event that tells of nothing, at once and once. */
export async function testSubscription(world: World, code: string): Promise<Result<Tested, Problem>> {
  const opened = await openSubscription(world, code)
  if (!opened.ok) return opened
  const to = opened.value
  const tested = to === null ? { status: null, ms: 0, body: null, fault: LOCKED } : await ping()
  return transact(world, async (tx) => {
    await trace(tx, { action: 'testWebhook', target: targetOf(code), after: { delivered: tested.fault === null } })
    return accept(tested)
  })

  async function ping(): Promise<Tested> {
    if (to === null) throw new Error('there is nobody to be asked')
    const startedAt = performance.now()
    const body = JSON.stringify({ type: 'webhook.test', timestamp: new Date(world.now).toISOString(), data: { subscription: code } })
    const answer = await post(world, to, `test_${crypto.randomUUID()}`, world.now, body)
    const ms = Math.round(performance.now() - startedAt)
    return { status: answer.status, ms, body: answer.status === null ? null : tidy(answer.body, 500), fault: faultOf(answer) }
  }
}

/** What happened long ago is let go of, with what became of it. */
export async function letGoOfEvents(world: World): Promise<void> {
  while ((await purgeEvents(world, instant(world.now - KEPT_DAYS * DAY_MS), AT_ONCE)) === AT_ONCE);
}
