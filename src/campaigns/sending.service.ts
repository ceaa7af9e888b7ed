import type { Message, MessageStatus } from '../messages/message.model.ts'
import type { World } from '../shell/world.ts'
import { markTouches, mayStillTouch, noteRefusals } from '../touches/decision.service.ts'
import { costsOf } from './costs.service.ts'
import { leave } from './leaving.store.ts'
import { exposureAfter, touchAfter, touchReason, wasFree } from './sending.rules.ts'
import { findKeptBack, settleExposures } from './sending.store.ts'
import { addSpent } from './work.store.ts'

/**
 * Asked moments before messages go: those of campaigns that are paused wait, and so does what would go in quiet hours. Those of
 * campaigns that are over, of customers who bought or objected meanwhile, or who may not be spoken to any more, never go.
 */
export async function keepBack(world: World, messages: readonly Message[]): Promise<ReadonlyMap<string, string>> {
  const byExposure = await findKeptBack(
    world,
    messages.flatMap(({ exposureId }) => exposureId ?? []),
  )
  const byTouch = await mayStillTouch(
    world,
    messages.flatMap(({ touchId }) => touchId ?? []),
  )
  return new Map(
    messages.flatMap(({ id, exposureId, touchId }): [string, string][] => {
      const reason = byExposure.get(exposureId ?? '') ?? byTouch.get(touchId ?? '')
      // What waits waits under one name: it is looked at again, whatever it waits for.
      return reason === undefined ? [] : [[id, reason === 'QUIET_HOURS' ? 'PAUSED' : reason]]
    }),
  )
}

type Change = { readonly message: Message; readonly status: MessageStatus }

/** Follows messages: exposures stand where their messages do, touches that never were count no more, and what was not spent is not. */
export async function followMessages(world: World, changes: readonly Change[]): Promise<void> {
  await markTouches(
    world,
    changes.flatMap(({ message: { touchId, sentAt }, status }) => {
      const mark = touchAfter(status)
      return touchId === null || mark === null ? [] : [{ touchId, status: mark, at: sentAt }]
    }),
  )
  const settled = await settleExposures(
    world,
    changes.flatMap(({ message: { exposureId, reason }, status }) => {
      const after = exposureAfter(status)
      return exposureId === null || after === null
        ? []
        : [{ id: exposureId, status: after, reason: after === 'SENT' ? null : (reason ?? status) }]
    }),
  )
  const dropped = settled.flatMap(({ status, reason, ...one }) => {
    const why = status === 'DROPPED' ? touchReason(reason) : null
    return why === null ? [] : [{ ...one, reason: why }]
  })
  await noteRefusals(world, dropped)
  for (const reason of ['BOUGHT', 'OBJECTED'] as const)
    await leave(
      world,
      dropped.filter((one) => one.reason === reason),
      reason,
    )
  await giveBack(world, changes)
}

/** What was foreseen for messages that cost nothing after all. */
async function giveBack(world: World, changes: readonly Change[]): Promise<void> {
  const free = changes.flatMap(({ message }) => (message.campaignId !== null && wasFree(message) ? [message] : []))
  if (free.length === 0) return
  const costs = await costsOf(world)
  for (const [campaignId, of] of Map.groupBy(free, (message) => message.campaignId ?? ''))
    await addSpent(world, campaignId, -of.reduce((sum, { channel }) => sum + (costs.get(channel) ?? 0), 0))
}
