import { trace } from '../audit/audit.service.ts'
import { customersByIds } from '../customers/customer.service.ts'
import { isUuid } from '../kernel/id.ts'
import { type Page, type PageRequest, page } from '../kernel/page.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { isProse } from '../kernel/text.ts'
import { toCsv, UTF8_MARK } from '../shell/csv.ts'
import { transact, type World } from '../shell/world.ts'
import { object } from '../touches/objection.service.ts'
import { noteStaff } from './event.service.ts'
import type { Sender } from './message.topic.ts'
import { guards } from './message.topic.ts'
import { tellFollowers } from './queue.service.ts'
import type { Task, TaskAnswer, TaskFilter, TaskResult } from './task.model.ts'
import {
  callOff,
  countTaskRows,
  dropClaims,
  findTasks,
  type HeldTask,
  holdTasks,
  listTaskRows,
  writeClaims,
  writeResults,
} from './task.store.ts'

const MOST_AT_ONCE = 500
const MOST_EXPORTED = 10_000
const LONGEST_NOTE = 2_000

/** The shop's own people: what is given to them waits in their list. */
export const STAFF: Sender = {
  ifLost: 'AGAIN',
  settings: () => accept({}),
  atOnce: () => 50,
  send: async () => ({ kind: 'AWAITING_STAFF' }),
  test: async () => null,
}

export async function pageOfTasks(world: World, filter: TaskFilter, request: PageRequest): Promise<Page<Task>> {
  return page(await listTaskRows(world, filter, request), request, ({ message }) => message.id)
}

export const numberOfTasks = (world: World, filter: TaskFilter): Promise<number> => countTaskRows(world, filter)

/**
 * The caller takes tasks up, and whoever may keep a message from going is asked as before any sending: who bought, objected or is in no
 * campaign any more is not called.
 */
export function claimTasks(world: World, ids: readonly string[]): Promise<Result<TaskAnswer[], Problem>> {
  return transact(world, async (tx) => {
    const fault = idsFault(ids)
    if (fault !== null) return refuse(fault)
    const held = await holdTasks(tx, ids.filter(isUuid))
    const open = held.filter(({ message, isResolved }) => message.status === 'AWAITING_STAFF' && !isResolved)
    const reasons = await keptBack(tx, open)
    const free = open.filter(({ message, isClaimed, claimedKey }) => !reasons.has(message.id) && (!isClaimed || claimedKey === tx.actor.id))
    const mine = new Set(free.map(({ message }) => message.id))
    await writeClaims(tx, [...mine])
    await trace(tx, { action: 'claimTasks', target: 'tasks', after: { tasks: mine.size } })
    return accept(
      answersOf(
        ids,
        held,
        (one) =>
          mine.has(one.message.id) ? 'DONE' : reasons.has(one.message.id) ? 'CALLED_OFF' : open.includes(one) ? 'TAKEN' : 'SETTLED',
        reasons,
      ),
    )
  })
}

/** Gives tasks back to whoever takes them up next; how many were taken up. */
export function releaseTasks(world: World, ids: readonly string[]): Promise<Result<number, Problem>> {
  return transact(world, async (tx) => {
    const fault = idsFault(ids)
    if (fault !== null) return refuse(fault)
    const released = await dropClaims(tx, ids.filter(isUuid))
    await trace(tx, { action: 'releaseTasks', target: 'tasks', after: { tasks: released } })
    return accept(released)
  })
}

/** What came of tasks, one by one; what was settled before stays as it was, so that a list may be sent twice. */
export function resolveTasks(world: World, results: readonly TaskResult[]): Promise<Result<TaskAnswer[], Problem>> {
  return transact(world, async (tx) => {
    const ids = results.map(({ id }) => id)
    const fault = idsFault(ids, 'results') ?? notesFault(results)
    if (fault !== null) return refuse(fault)
    const wanted = new Map(
      results.map((one) => [one.id.toLowerCase(), { ...one, id: one.id.toLowerCase(), note: one.note?.trim() || null }]),
    )
    const before = await findTasks(tx, ids.filter(isUuid))
    // Customers are held before messages, whoever holds both.
    for (const { message } of before.toSorted((a, b) => (a.message.customerId < b.message.customerId ? -1 : 1)))
      if (wanted.get(message.id)?.objects && message.channel)
        await object(tx, { by: 'id', value: message.customerId }, message.channel, {
          source: `staff, ${message.channel}`,
          wording: wanted.get(message.id)?.note ?? null,
          at: null,
        })
    const held = await holdTasks(tx, ids.filter(isUuid))
    const open = held.filter(
      ({ isResolved, message }) => !isResolved && (message.status === 'AWAITING_STAFF' || message.status === 'CANCELLED'),
    )
    const done = open.flatMap(({ message }) => wanted.get(message.id) ?? [])
    await writeResults(tx, done)
    await noteStaff(
      tx,
      done.map(({ id, outcome, note }) => ({ messageId: id, kind: outcome === 'DONE' ? 'SENT' : 'FAILED', detail: note })),
    )
    await trace(tx, { action: 'resolveTasks', target: 'tasks', after: { tasks: done.length } })
    return accept(answersOf(ids, held, (one) => (open.includes(one) ? 'DONE' : 'SETTLED'), new Map()))
  })
}

/** Open tasks as a file, taken up by whoever takes it: calls, letters, cards. Who must not be reached any more is not in it. */
export function exportTasks(world: World, filter: TaskFilter): Promise<Result<string, Problem>> {
  return transact(world, async (tx) => {
    const rows = await listTaskRows(tx, { ...filter, state: 'OPEN' }, { first: MOST_EXPORTED, after: null })
    if (rows.length > MOST_EXPORTED)
      return refuse(
        problem('TOO_MANY_ITEMS', `A file holds at most ${MOST_EXPORTED} tasks, and there are more: narrow it by channel or campaign.`, [
          'filter',
        ]),
      )
    const held = await holdTasks(
      tx,
      rows.map(({ message }) => message.id),
    )
    const open = held.filter(({ message, isResolved }) => message.status === 'AWAITING_STAFF' && !isResolved)
    const reasons = await keptBack(tx, open)
    const free = new Set(
      open.flatMap(({ message, isClaimed, claimedKey }) =>
        reasons.has(message.id) || (isClaimed && claimedKey !== tx.actor.id) ? [] : message.id,
      ),
    )
    await writeClaims(tx, [...free])
    await trace(tx, { action: 'exportTasks', target: 'tasks', after: { tasks: free.size } })
    return accept(
      await csvOf(
        tx,
        rows.filter(({ message }) => free.has(message.id)),
      ),
    )
  })
}

const COLUMNS = ['id', 'channel', 'to', 'externalId', 'name', 'phone', 'country', 'region', 'city', 'text', 'template', 'parameters', 'campaign', 'queuedAt', 'notAfter', 'outcome', 'note'] // biome-ignore format: one list

/** The last two columns are for what comes of it: resolveTasks takes them back by id. */
async function csvOf(world: World, tasks: readonly Task[]): Promise<string> {
  const customers = new Map(
    (await customersByIds(world, [...new Set(tasks.map(({ message }) => message.customerId))])).map((one) => [one.id as string, one]),
  )
  const rows = tasks.map(({ message, recipient, content }) => {
    const customer = customers.get(message.customerId)
    const parameters = Object.entries(content?.parameters ?? {}).map(([name, value]) => `${name}=${value}`)
    return [
      message.id,
      message.channel,
      recipient,
      customer?.externalId ?? null,
      customer?.name ?? null,
      customer?.phone ?? null,
      customer?.country ?? null,
      customer?.region ?? null,
      customer?.city ?? null,
      content?.text ?? null,
      content?.providerTemplateId ?? null,
      parameters.join('; ') || null,
      message.campaignCode,
      new Date(message.queuedAt).toISOString(),
      message.notAfter === null ? null : new Date(message.notAfter).toISOString(),
      null,
      null,
    ]
  })
  return UTF8_MARK + toCsv(COLUMNS, rows)
}

/** Which of these must not be done, and why; all but what only waits are called off. */
async function keptBack(tx: World, open: readonly HeldTask[]): Promise<ReadonlyMap<string, string>> {
  const reasons = new Map<string, string>()
  const messages = open.map(({ message }) => message)
  for (const { id, notAfter } of messages) if (notAfter !== null && notAfter < tx.now) reasons.set(id, 'TOO_LATE')
  if (messages.length > 0)
    for (const guard of guards(tx)) for (const [id, reason] of await guard(tx, messages)) if (!reasons.has(id)) reasons.set(id, reason)
  const off = [...reasons].flatMap(([id, reason]) => (reason === 'PAUSED' ? [] : [{ id, reason }]))
  await tellFollowers(tx, await callOff(tx, off))
  return reasons
}

function answersOf(
  ids: readonly string[],
  held: readonly HeldTask[],
  kindOf: (one: HeldTask) => TaskAnswer['kind'],
  reasons: ReadonlyMap<string, string>,
): TaskAnswer[] {
  const known = new Map(held.map((one) => [one.message.id, one]))
  return ids.map((id) => {
    const one = known.get(id.toLowerCase())
    return one === undefined
      ? { id, kind: 'UNKNOWN', reason: null }
      : { id, kind: kindOf(one), reason: reasons.get(one.message.id) ?? (one.message.status === 'CANCELLED' ? one.message.reason : null) }
  })
}

function idsFault(ids: readonly string[], where = 'ids'): Problem | null {
  if (ids.length === 0 || ids.length > MOST_AT_ONCE) return problem('BAD_USER_INPUT', `Name 1 to ${MOST_AT_ONCE} tasks.`, [where])
  return new Set(ids.map((id) => id.toLowerCase())).size < ids.length ? problem('BAD_USER_INPUT', 'A task is named once.', [where]) : null
}

function notesFault(results: readonly TaskResult[]): Problem | null {
  const wrong = results.findIndex(({ note }) => note !== null && note.trim() !== '' && !isProse(note, LONGEST_NOTE))
  return wrong < 0 ? null : problem('BAD_USER_INPUT', `A note has at most ${LONGEST_NOTE} characters.`, ['results', wrong, 'note'])
}
