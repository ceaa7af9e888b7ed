import { trace } from '../audit/audit.service.ts'
import { forgetPeople } from '../customers/company-people.service.ts'
import { CUSTOMERS } from '../customers/customer.topic.ts'
import { type Page, type PageRequest, page } from '../kernel/page.ts'
import type { Problem } from '../kernel/problem.ts'
import { accept, type Result } from '../kernel/result.ts'
import { type Day, localTime } from '../kernel/zone.ts'
import { holdCounting } from '../orders/statistics.service.ts'
import { noteTiers } from '../scores/group.service.ts'
import { settleScores } from '../scores/score.service.ts'
import { giveRoom } from '../shell/room.ts'
import { changed } from '../shell/topic.ts'
import { transact, type World } from '../shell/world.ts'
import { readShop } from '../shops/shop.service.ts'
import {
  companiesOf,
  countFlows,
  type Flow,
  type Held,
  holdEvaluation,
  holdHolders,
  listMoves,
  listStaged,
  type Moved,
  move,
  moveStaged,
  numberOfHolders,
  readHeld,
  stageMoves,
} from './evaluation.store.ts'
import { askForScores, levelsOf } from './level.service.ts'
import type { Holder, Levels } from './level.sql.ts'
import type { Evaluation, ProgrammeEvaluation, TierMove } from './standing.model.ts'
import { isSame, isUp, nextStanding, type Rung, tally } from './standing.rules.ts'
import { countByTier } from './standing.store.ts'
import type { Tier } from './tier.model.ts'
import { currentTiers, readTiers } from './tier.service.ts'

// Who evaluates holds, in this order: customers by their ids, then companies by theirs. Whoever changes a customer's orders
// holds them already, so what is decided of somebody who is held is by orders that nobody changes meanwhile.

/**
 * Evaluates every customer and company against the programme now. A dry run changes nothing. Where a tier asks for scores, these are
 * evaluated before, in a transaction of their own: nobody is moved by how customers stood beside each other some other day. Of more than
 * `few` who move nobody is named one by one.
 */
export async function evaluateTiers(world: World, dryRun: boolean, few = FEW): Promise<Result<ProgrammeEvaluation, Problem>> {
  if (!dryRun && (await askForScores(world, await readTiers(world)))) await settleScores(world)
  return transact(world, async (tx) => {
    await giveRoom(tx)
    const evaluation = dryRun ? await foresee(tx) : await evaluateEverybody(tx, few)
    await trace(tx, { action: dryRun ? 'evaluateTiers (dry run)' : 'evaluateTiers', after: evaluation })
    return accept(evaluation)
  })
}

/** The same where nobody asked for it, because time has passed: orders leave the windows that conditions look at, and graces end. */
export async function settleTiers(world: World): Promise<void> {
  await transact(world, async (tx) => {
    await giveRoom(tx)
    const evaluation = await evaluateEverybody(tx)
    if (isAnything(evaluation)) await trace(tx, { action: 'evaluateTiers', after: evaluation })
    return accept(null)
  })
}

const isAnything = ({ promoted, demoted, companies }: ProgrammeEvaluation) =>
  promoted + demoted + companies.promoted + companies.demoted > 0

async function foresee(world: World): Promise<ProgrammeEvaluation> {
  const tiers = await currentTiers(world)
  return { ...tally(tiers, await flowsOf(world, 'CUSTOMER', tiers)), companies: tally(tiers, await flowsOf(world, 'COMPANY', tiers)) }
}

/** What an evaluation of everybody would do now under a programme. */
export const flowsOf = (world: World, holder: Holder, tiers: readonly Tier[]): Promise<Flow[]> =>
  withRoom(world, async (tx) => countFlows(tx, { holder, programme: await levelsOf(tx, holder, tiers), ids: null, mayFall: true }))

/** Whom it would move, in the order of their ids. */
export const movesOf = (world: World, tiers: readonly Tier[], request: PageRequest): Promise<Page<TierMove>> =>
  withRoom(world, async (tx) => {
    const programme = await levelsOf(tx, 'CUSTOMER', tiers)
    const moves = await listMoves(tx, { holder: 'CUSTOMER', programme, ids: null, mayFall: true }, request)
    return page(moves, request, ({ customerId }) => customerId)
  })

async function withRoom<T>(world: World, read: (tx: World) => Promise<T>): Promise<T> {
  const done = await transact<T, never>(world, async (tx) => {
    await giveRoom(tx)
    return accept(await read(tx))
  })
  if (!done.ok) throw new Error('what only reads was refused')
  return done.value
}

async function evaluateEverybody(world: World, few = FEW): Promise<ProgrammeEvaluation> {
  // First of all the shop, as everybody holds it who writes orders: a change of how orders count comes before or after.
  await holdCounting(world)
  await holdEvaluation(world)
  const tiers = await currentTiers(world)
  const customers = await evaluateAll(world, 'CUSTOMER', tiers, few)
  const evaluation = { ...customers, companies: await evaluateAll(world, 'COMPANY', tiers, few) }
  await noteSizes(world, tiers)
  return evaluation
}

const FEW = 20_000

/**
 * Looks at everybody in one statement, and again at those who are to move once they are held: somebody may have bought
 * meanwhile. So an evaluation keeps nobody waiting but those who move.
 */
async function evaluateAll(world: World, holder: Holder, tiers: readonly Tier[], few: number): Promise<Evaluation> {
  const programme = await levelsOf(world, holder, tiers)
  const staged = await stageMoves(world, { holder, programme, ids: null, mayFall: true })
  const flows = staged > few ? await moveMany(world, holder, programme) : await moveFew(world, holder, tiers)
  const up = sumOf(flows.filter(({ fromId, toId }) => isUp(tiers, fromId, toId)))
  const moved = sumOf(flows)
  return { promoted: up, demoted: moved - up, unchanged: (await numberOfHolders(world, holder)) - moved }
}

const sumOf = (flows: readonly Flow[]): number => flows.reduce((sum, { n }) => sum + n, 0)

async function moveMany(world: World, holder: Holder, programme: Levels): Promise<Flow[]> {
  await holdHolders(world, holder, 'STAGED')
  const flows = await moveStaged(world, { holder, programme, mayFall: true })
  changed(world, CUSTOMERS, 'ALL')
  return flows
}

async function moveFew(world: World, holder: Holder, tiers: readonly Tier[]): Promise<Flow[]> {
  const ids = await listStaged(world)
  await holdHolders(world, holder, ids)
  const moved = await moveHeld(world, holder, tiers, ids, true)
  await announce(world, holder, moved)
  return moved.map((one) => ({ ...one, n: 1 }))
}

const moveHeld = async (world: World, holder: Holder, tiers: readonly Tier[], ids: readonly string[], mayFall: boolean) =>
  move(world, { holder, programme: await levelsOf(world, holder, tiers, { ofFew: true }), ids, mayFall })

async function announce(world: World, holder: Holder, moved: readonly Moved[]): Promise<void> {
  const ids = moved.map(({ id }) => id)
  if (holder === 'COMPANY') await forgetPeople(world, ids)
  else if (ids.length > 0) changed(world, CUSTOMERS, ids)
}

/** How many have each tier, noted under the day beside the other groups of customers. */
async function noteSizes(world: World, tiers: readonly Tier[]): Promise<void> {
  const sizes = await countByTier(world)
  await noteTiers(world, new Map(tiers.flatMap(({ id, code }) => (sizes.has(id) ? [[code, sizes.get(id) ?? 0] as const] : []))))
}

const RECOUNTED = new WeakMap<World['em'], Set<string>>()

/**
 * Customers whose orders changed, and their companies, go up at once; who fails now what keeps them in their tier begins to fail, and
 * falls only when everybody is evaluated. Once for all of them, at the end of the transaction that changed the orders: companies
 * are held last of all. Where everybody's orders count otherwise, staff evaluate everybody, or the next day does.
 */
export async function followRecount(world: World, customerIds: readonly string[] | 'ALL'): Promise<void> {
  if (customerIds === 'ALL') return
  const ids = RECOUNTED.get(world.em) ?? new Set()
  if (ids.size === 0) {
    RECOUNTED.set(world.em, ids)
    world.beforeCommit(async () => {
      RECOUNTED.delete(world.em)
      await evaluateSome(world, [...ids].sort())
    })
  }
  for (const id of customerIds) ids.add(id)
}

/** Who calls it holds the customers. */
async function evaluateSome(world: World, customerIds: readonly string[]): Promise<void> {
  const tiers = await readTiers(world)
  if (tiers.every(({ qualification, retention }) => qualification === null && retention === null)) return
  const companyIds = new Set<string>()
  for (let i = 0; i < customerIds.length; i += FEW)
    for (const id of await moveSome(world, tiers, customerIds.slice(i, i + FEW))) companyIds.add(id)
  if (companyIds.size === 0) return
  const companies = [...companyIds]
  await holdHolders(world, 'COMPANY', companies)
  await announce(world, 'COMPANY', await moveHeld(world, 'COMPANY', tiers, companies, false))
}

/** The companies that they buy for are the answer. */
async function moveSome(world: World, tiers: readonly Tier[], ids: readonly string[]): Promise<readonly string[]> {
  const programme = await levelsToday(world, tiers)
  const held = await readHeld(world, { holder: 'CUSTOMER', programme, ids })
  const moving = held.filter((one) => !isSame(one.standing, nextStanding(one.standing, rungsOf(programme, one), world.now, false)))
  if (moving.length > 0) {
    const movingIds = moving.map(({ id }) => id)
    await announce(world, 'CUSTOMER', await move(world, { holder: 'CUSTOMER', programme, ids: movingIds, mayFall: false }))
  }
  return companiesOf(world, ids)
}

const COMPILED = new WeakMap<readonly Tier[], { readonly day: Day; readonly levels: Levels }>()

/** Compiled once for all who buy while the programme is remembered (a second at most): conditions are of whole days. */
async function levelsToday(world: World, tiers: readonly Tier[]): Promise<Levels> {
  const { day } = localTime(world.now, (await readShop(world)).timeZone)
  const kept = COMPILED.get(tiers)
  if (kept?.day === day) return kept.levels
  const levels = await levelsOf(world, 'CUSTOMER', tiers, { ofFew: true })
  COMPILED.set(tiers, { day, levels })
  return levels
}

const rungsOf = ({ levels }: Levels, { enters, keeps }: Held): Rung[] =>
  levels.map(({ tier, enters: entrance }, i) => ({
    id: tier.id,
    qualifies: entrance && (enters[i] ?? false),
    retains: keeps[i] ?? false,
    graceDays: tier.graceDays,
  }))
