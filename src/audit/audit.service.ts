import { type Page, type PageRequest, page } from '../kernel/page.ts'
import { newId } from '../shell/ids.ts'
import type { World } from '../shell/world.ts'
import type { AuditEntry, Change } from './audit.model.ts'
import { countEntries, eraseLooks, findEntries, insertEntries, listEntries } from './audit.store.ts'

/** Leaves a trace of a change, in the transaction of the change itself: both stand or neither. */
export const trace = (world: World, change: Change): Promise<void> => traceAll(world, [change])

/** The traces of one act on many things, in the order given. */
export const traceAll = (world: World, changes: readonly Change[]): Promise<void> =>
  insertEntries(
    world,
    changes.map((change) => ({ ...change, id: newId() })),
  )

/** The newest change first; `target` narrows to one thing. */
export async function listAudit(world: World, target: string | null, request: PageRequest): Promise<Page<AuditEntry>> {
  return page(await listEntries(world, target, request), request, (entry) => entry.id)
}

export const countAudit = (world: World, target: string | null): Promise<number> => countEntries(world, target)

/** All that was ever done to these things, the oldest first: for whoever asks what is kept of them. */
export const auditOf = (world: World, targets: readonly string[]): Promise<AuditEntry[]> => findEntries(world, targets)

/** Takes out of the entries of these things how they looked; who did what, and when, stays. */
export const eraseAuditOf = (world: World, targets: readonly string[]): Promise<void> => eraseLooks(world, targets)
