import { trace } from '../audit/audit.service.ts'
import type { CustomerRef } from '../customers/customer.model.ts'
import { holdCustomerIds, unknownCustomer } from '../customers/customer.service.ts'
import type { Instant } from '../kernel/clock.ts'
import { instant } from '../kernel/clock.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { isProse, isWord } from '../kernel/text.ts'
import { newId } from '../shell/ids.ts'
import { transact, type World } from '../shell/world.ts'
import { findByKey, insertManual } from './ledger.store.ts'
import type { Purpose, Touch, TouchChannel } from './touch.model.ts'

/** A contact that staff made themselves. */
export type ManualTouch = {
  readonly customer: CustomerRef
  readonly channel: TouchChannel
  readonly purpose: Purpose
  readonly at: Instant | null
  readonly note: string | null
  /** By which the caller knows it; told again it is the same. */
  readonly key: string | null
}

const MOST_NOTE = 1_000
const MOST_KEY = 200
const EARLIEST = instant(Date.UTC(1900, 0, 1))

/** Writes down that somebody was spoken to: it was done, so nothing is asked of it; care is care from then on, and caps count it. */
export function recordTouch(world: World, wanted: ManualTouch): Promise<Result<Touch, Problem>> {
  return transact(world, async (tx) => {
    const fault = faultOf(wanted)
    if (fault !== null) return refuse(fault)
    const [customerId] = await holdCustomerIds(tx, [wanted.customer])
    if (!customerId) return refuse({ ...unknownCustomer(wanted.customer), path: ['input', 'customer'] })
    const { channel, purpose, note } = wanted
    const key = `by-hand/${wanted.key?.trim() ?? newId()}`
    const at = wanted.at === null || wanted.at > tx.now ? tx.now : wanted.at
    const touch = { id: newId(), key, customerId, channel, purpose, note: note?.trim() || null, at: new Date(at).toISOString() }
    await insertManual(tx, touch)
    await trace(tx, { action: 'recordTouch', target: `customer/${customerId}`, after: { channel, purpose } })
    const kept = await findByKey(tx, key)
    if (kept === null) throw new Error('a touch is gone')
    if (kept.customerId !== customerId)
      return refuse(problem('CONFLICT', 'Another customer was spoken to under this key.', ['input', 'idempotencyKey']))
    return accept(kept)
  })
}

function faultOf({ note, key, at }: ManualTouch): Problem | null {
  if (note !== null && note.trim() !== '' && !isProse(note, MOST_NOTE))
    return bad(`note has at most ${MOST_NOTE} characters of text.`, 'note')
  if (key !== null && !isWord(key, MOST_KEY)) return bad(`idempotencyKey has 1 to ${MOST_KEY} printable characters.`, 'idempotencyKey')
  return at !== null && at < EARLIEST ? bad('at must not lie before 1900.', 'at') : null
}

const bad = (message: string, field: string) => problem('BAD_USER_INPUT', message, ['input', field])
