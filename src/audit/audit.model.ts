import type { Instant } from '../kernel/clock.ts'
import type { Id } from '../kernel/id.ts'

/** One change: who made it, what they did to what, and how that looked before and after. */
export type AuditEntry = {
  readonly id: Id<'AuditEntry'>
  readonly at: Instant
  readonly actorKind: string
  readonly actorId: string | null
  readonly actorName: string
  readonly action: string
  readonly target: string | null
  readonly before: unknown
  readonly after: unknown
}

/** What a service tells of a change; who and when are the world's. `target` names the thing: "ladder/summer". */
export type Change = { readonly action: string; readonly target?: string; readonly before?: unknown; readonly after?: unknown }
