import { trace } from '../audit/audit.service.ts'
import { type Page, type PageRequest, page } from '../kernel/page.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { addToDay, type Day, localTime } from '../kernel/zone.ts'
import { newId } from '../shell/ids.ts'
import { transact, type World } from '../shell/world.ts'
import { readShop } from '../shops/shop.service.ts'
import type { GroupAlarm, GroupKind, GroupSize, GroupTarget } from './group.model.ts'
import { checkGroup, isPassed } from './group.rules.ts'
import {
  clearAlarms,
  countAlarms,
  listAlarms,
  noteGroups,
  noteScoreGroups,
  openAlarms,
  raiseAlarms,
  readSizes,
  readTargets,
  removeTarget,
  writeTarget,
} from './group.store.ts'

const today = async (world: World): Promise<Day> => localTime(world.now, (await readShop(world)).timeZone).day

/** Notes the sizes of the scores' groups under the shop's day, and compares them with the targets. */
export async function noteScores(world: World): Promise<void> {
  const day = await today(world)
  await noteScoreGroups(world, day)
  await compareWithTargets(world, day, (kind) => kind !== 'TIER')
}

/** The same of the tiers, whoever counted them; by their codes. */
export async function noteTiers(world: World, sizes: ReadonlyMap<string, number>): Promise<void> {
  const day = await today(world)
  await noteGroups(world, 'TIER', day, sizes)
  await compareWithTargets(world, day, (kind) => kind === 'TIER')
}

/** Raises an alarm once for each target that is passed, and clears it once it is not. */
async function compareWithTargets(world: World, day: Day, isAbout: (kind: GroupKind) => boolean): Promise<void> {
  const targets = (await readTargets(world)).filter(({ kind }) => isAbout(kind))
  if (targets.length === 0) return
  const open = await openAlarms(world)
  const raised: Parameters<typeof raiseAlarms>[1][number][] = []
  const cleared: string[] = []
  for (const kind of new Set(targets.map((target) => target.kind))) {
    const sizes = await readSizes(world, kind, day, day)
    const ofCustomers = sizes[0]?.ofCustomers ?? 0
    for (const target of targets.filter((one) => one.kind === kind)) {
      const customers = sizes.find(({ group }) => group === target.group)?.customers ?? 0
      const alarm = open.find((one) => one.kind === kind && one.group === target.group)
      const passed = isPassed(target, customers, ofCustomers)
      if (alarm !== undefined && !passed) cleared.push(alarm.id)
      if (alarm === undefined && passed)
        raised.push({
          id: newId(),
          kind,
          group: target.group,
          targetBp: target.shareBp,
          direction: target.direction,
          customers,
          ofCustomers,
        })
    }
  }
  if (raised.length > 0) await raiseAlarms(world, raised)
  if (cleared.length > 0) await clearAlarms(world, cleared)
}

const MOST_DAYS = 1_000

/** How large each group was, on each day from one to the other (both included) on which it was noted. */
export async function groupSizes(world: World, kind: GroupKind, from: Day, to: Day): Promise<Result<readonly GroupSize[], Problem>> {
  if (to < from) return refuse(problem('BAD_USER_INPUT', 'to is not before from.', ['to']))
  if (to > addToDay(from, MOST_DAYS, 'days'))
    return refuse(problem('BAD_USER_INPUT', `At most ${MOST_DAYS} days at once: ask for a part of them.`, ['to']))
  return accept(await readSizes(world, kind, from, to))
}

export const groupTargets = (world: World): Promise<GroupTarget[]> => readTargets(world)

/** Which share a group should have at least, or at most. Compared at once, and again at each evaluation. */
export function setGroupTarget(world: World, target: GroupTarget): Promise<Result<GroupTarget, Problem>> {
  return transact(world, async (tx) => {
    const known = checkGroup(target.kind, target.group)
    if (!known.ok) return known
    const before = (await readTargets(tx)).find(({ kind, group }) => kind === target.kind && group === target.group) ?? null
    await removeTarget(tx, target.kind, target.group)
    await writeTarget(tx, target)
    await compareWithTargets(tx, await today(tx), (kind) => kind === target.kind)
    await trace(tx, { action: 'setGroupTarget', target: `group/${target.kind}/${target.group}`, before, after: target })
    return accept(target)
  })
}

/** Takes a target away; its alarm is over. */
export function removeGroupTarget(world: World, kind: GroupKind, group: string): Promise<Result<true, Problem>> {
  return transact(world, async (tx) => {
    if (!(await removeTarget(tx, kind, group))) return refuse(problem('NOT_FOUND', `There is no target for ${kind} "${group}".`, ['group']))
    await trace(tx, { action: 'removeGroupTarget', target: `group/${kind}/${group}` })
    return accept(true)
  })
}

/** The newest first. */
export async function groupAlarms(world: World, onlyOpen: boolean, request: PageRequest): Promise<Page<GroupAlarm>> {
  return page(await listAlarms(world, onlyOpen, request), request, ({ id }) => id)
}

export const numberOfAlarms = (world: World, onlyOpen: boolean): Promise<number> => countAlarms(world, onlyOpen)
