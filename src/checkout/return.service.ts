import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { isExternalId, MAX_EXTERNAL_ID, type Order } from '../orders/order.model.ts'
import { getOrder } from '../orders/order.service.ts'
import { type HeldOrder, holdOrder, undisturbed, writeReturned } from '../orders/recording.service.ts'
import { transact, type World } from '../shell/world.ts'
import { hashOf, idempotencyConflict } from './idempotency.rules.ts'
import { holdKey } from './idempotency.store.ts'
import { restoreReturned } from './restoring.service.ts'
import type { OrderGift, WantedReturn } from './return.model.ts'
import { isWhollyReturned, returnFault, returnUnits } from './return.rules.ts'
import { findReturn, insertReturn, type KeptReturn, readGifts } from './return.store.ts'
import { amountWon } from './surprise.rules.ts'
import { readSurprises } from './surprise.store.ts'

export type Returned = KeptReturn & { readonly order: Order }

/** Takes returned units off an order, once for each external id of a return; statistics follow in the same transaction. */
export async function returnLines(world: World, wanted: WantedReturn): Promise<Result<Returned, Problem>> {
  const checked = returnFault(wanted)
  if (!checked.ok) return checked
  if (!isExternalId(wanted.returnExternalId))
    return refuse(
      problem('BAD_USER_INPUT', `returnExternalId must have 1 to ${MAX_EXTERNAL_ID} characters, none of them a control character.`, [
        'input',
        'returnExternalId',
      ]),
    )
  const done = await undisturbed(() => transact(world, (tx) => tryReturn(tx, wanted)), ['input'])
  return done.ok ? accept({ ...done.value, order: await getOrder(world, done.value.orderId) }) : done
}

async function tryReturn(world: World, wanted: WantedReturn): Promise<Result<KeptReturn, Problem>> {
  const hash = hashOf(wanted).toString('hex')
  await holdKey(world, 'return', wanted.returnExternalId)
  const earlier = await findReturn(world, wanted.returnExternalId)
  if (earlier !== null)
    return earlier.hash === hash ? accept(earlier) : refuse(idempotencyConflict('returnExternalId', 'input', 'returnExternalId'))
  const unknown = problem('NOT_FOUND', 'There is no order of this external id.', ['input', 'orderExternalId'])
  if (!isExternalId(wanted.orderExternalId)) return refuse(unknown)
  const place = await holdOrder(world, wanted.orderExternalId, null)
  return place.before === null ? refuse(unknown) : takeOff(world, place, place.before, wanted, hash)
}

async function takeOff(
  world: World,
  place: HeldOrder,
  before: Order,
  wanted: WantedReturn,
  hash: string,
): Promise<Result<KeptReturn, Problem>> {
  const decision = returnUnits(before, wanted.lines)
  if (!decision.ok) return decision
  const { returned, lines, amount } = decision.value
  const order = await writeReturned(world, place, before, lines)
  await restoreReturned(world, [order])
  const isWhole = lines.every(isWhollyReturned)
  const [gifts = []] = isWhole ? await readGifts(world, [order.id]) : []
  const [drawn = []] = isWhole ? await readSurprises(world, [order.id]) : []
  const giftsDue = gifts.map(({ sku, quantity }) => ({ sku, quantity }))
  const kept = {
    externalId: wanted.returnExternalId,
    orderId: order.id,
    hash,
    amount,
    lines: returned,
    giftsDue,
    amountDue: amountWon(drawn),
  }
  await insertReturn(world, kept)
  return accept(kept)
}

/** What was given with each order, in the order of their ids. */
export const giftsOf = (world: World, orderIds: readonly string[]): Promise<OrderGift[][]> => readGifts(world, orderIds)
