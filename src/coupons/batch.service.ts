import { trace, traceAll } from '../audit/audit.service.ts'
import type { Instant } from '../kernel/clock.ts'
import { isUuid } from '../kernel/id.ts'
import { type Page, type PageRequest, page } from '../kernel/page.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { codeKey } from '../pricebook/rule.model.ts'
import { toCsv } from '../shell/csv.ts'
import { newId } from '../shell/ids.ts'
import { transact, type World } from '../shell/world.ts'
import { countBatches, countTaken, findBatch, insertBatch, listBatches, readCodes, revokeUntaken } from './batch.store.ts'
import type { CouponBatch } from './coupon.model.ts'
import { goodUntil } from './coupon.rules.ts'
import { findRuleId } from './coupon.service.ts'
import { makeCoupons, offerInForce } from './issuing.service.ts'

const MOST_CODES = 100_000

/** Makes single-use codes that belong to nobody until somebody takes them. */
export function createCouponCodes(
  world: World,
  offerCode: string,
  count: number,
  validUntil: Instant | null,
): Promise<Result<CouponBatch, Problem>> {
  return transact(world, async (tx) => {
    if (count < 1 || count > MOST_CODES)
      return refuse(problem('BAD_USER_INPUT', `count must be from 1 to ${MOST_CODES.toLocaleString('en')}.`, ['count']))
    const offer = await offerInForce(tx, offerCode, validUntil)
    if (!offer.ok) return offer
    const { ruleId, code, terms } = offer.value
    const id = newId()
    const until = goodUntil(terms, tx.now, validUntil)
    await insertBatch(tx, { id, ruleId, codes: count, validUntil: until })
    const issue = { ruleId, batchId: id, claimed: false, issuedAt: tx.now, validUntil: until }
    await makeCoupons(tx, issue, Array<null>(count).fill(null))
    await trace(tx, { action: 'createCouponCodes', target: `offer/${code}`, after: { batch: id, count, validUntil: until } })
    return accept(await getBatch(tx, id))
  })
}

async function getBatch(world: World, id: string): Promise<CouponBatch> {
  const found = await findBatch(world, id)
  if (found === null) throw new Error(`no batch ${id}`)
  return found
}

export const findCouponBatch = async (world: World, id: string): Promise<CouponBatch | null> => (isUuid(id) ? findBatch(world, id) : null)

/** The newest first; `offerCode` null: of every offer. */
export async function pageOfBatches(
  world: World,
  offerCode: string | null,
  request: PageRequest,
): Promise<Result<Page<CouponBatch>, Problem>> {
  const ruleId = await findRuleId(world, offerCode)
  if (!ruleId.ok) return ruleId
  return accept(page(await listBatches(world, ruleId.value, request), request, ({ id }) => id))
}

export async function numberOfBatches(world: World, offerCode: string | null): Promise<Result<number, Problem>> {
  const ruleId = await findRuleId(world, offerCode)
  return ruleId.ok ? accept(await countBatches(world, ruleId.value)) : ruleId
}

/** How many codes of each batch somebody has taken, in the order of the ids. */
export async function takenOf(world: World, ids: readonly string[]): Promise<number[]> {
  const taken = await countTaken(world, ids)
  return ids.map((id) => taken.get(id) ?? 0)
}

const MOST_CODES_AT_ONCE = 1_000_000

/**
 * Each batch as CSV: a header, and one code a line. The database joins them: no sign of a code wants quoting. Codes are as good as
 * money: whoever took them stands in the audit log.
 */
export async function csvOf(
  world: World,
  batches: readonly { readonly id: string; readonly offerCode: string; readonly count: number }[],
): Promise<Result<string, Problem>[]> {
  const all = batches.reduce((sum, { count }) => sum + count, 0)
  if (all > MOST_CODES_AT_ONCE) {
    const fault = problem('TOO_MANY_ITEMS', `These are ${all.toLocaleString('en')} codes: ask for the csv of fewer batches at once.`)
    return batches.map(() => refuse(fault))
  }
  const codes = await readCodes(
    world,
    batches.map(({ id }) => id),
  )
  await transact(world, async (tx) => {
    await traceAll(
      tx,
      batches.map(({ id, offerCode, count }) => ({
        action: 'exportCouponCodes',
        target: `offer/${offerCode}`,
        after: { batch: id, count },
      })),
    )
    return accept(null)
  })
  return batches.map(({ id }) => accept(`${toCsv(['code'], [])}${codes.get(id) ?? ''}\r\n`))
}

/** Calls back what nobody has taken yet of a batch; how many codes those were is the answer. */
export function revokeCouponCodes(world: World, id: string, codes: readonly string[] | null): Promise<Result<number, Problem>> {
  return transact(world, async (tx) => {
    if (codes !== null && codes.length > MOST_NAMED)
      return refuse(
        problem('TOO_MANY_ITEMS', `At most ${MOST_NAMED.toLocaleString('en')} codes at once; none for the whole batch.`, ['codes']),
      )
    const batch = await findCouponBatch(tx, id)
    if (batch === null) return refuse(problem('NOT_FOUND', 'There is no batch of this id.', ['batchId']))
    const revoked = await revokeUntaken(tx, batch.id, codes === null ? null : codes.map(codeKey))
    await trace(tx, { action: 'revokeCouponCodes', target: `offer/${batch.offerCode}`, after: { batch: id, revoked } })
    return accept(revoked)
  })
}

const MOST_NAMED = 1_000
