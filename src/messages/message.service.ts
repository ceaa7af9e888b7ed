import { trace } from '../audit/audit.service.ts'
import { isUuid } from '../kernel/id.ts'
import { type Page, type PageRequest, page } from '../kernel/page.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { wake } from '../shell/topic.ts'
import { transact, type World } from '../shell/world.ts'
import type { Message, MessageFilter, Resolution } from './message.model.ts'
import { countMessageRows, findContents, type Kept, listMessageRows, resolveRow } from './message.store.ts'
import { MESSAGES } from './message.topic.ts'
import { tellFollowers } from './queue.service.ts'

/** The newest first. */
export const pageOfMessages = async (world: World, filter: MessageFilter, request: PageRequest): Promise<Page<Message>> =>
  page(await listMessageRows(world, filter, request), request, ({ id }) => id)

export const numberOfMessages = (world: World, filter: MessageFilter): Promise<number> => countMessageRows(world, filter)

/** What messages say and where they went, in the order of the ids; null where it is not kept any more. */
export async function contentsOf(world: World, ids: readonly string[]): Promise<(Kept | null)[]> {
  const found = await findContents(world, ids)
  return ids.map((id) => found.get(id) ?? null)
}

/** What is done with a message of which nobody knows whether it went. One that is not in doubt (any more) is NOT_FOUND. */
export function resolveDoubtful(world: World, id: string, resolution: Resolution): Promise<Result<Message, Problem>> {
  return transact(world, async (tx) => {
    const again = resolution === 'SEND_AGAIN'
    const [resolved, kept] = isUuid(id) ? [await resolveRow(tx, id, again), (await findContents(tx, [id])).has(id)] : [null, false]
    if (resolved === null) return refuse(problem('NOT_FOUND', `There is no message "${id.slice(0, 200)}" in doubt.`, ['id']))
    if (again && !kept) return refuse(problem('CONFLICT', 'What it said is not kept any more: it cannot be sent again.', ['id']))
    await tellFollowers(tx, [resolved])
    await trace(tx, { action: 'resolveDoubtfulMessage', target: `message/${id}`, before: { status: 'DOUBTFUL' }, after: { resolution } })
    wake(tx, MESSAGES)
    return accept(resolved)
  })
}
