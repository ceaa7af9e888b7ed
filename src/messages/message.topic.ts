import type { Problem } from '../kernel/problem.ts'
import type { Result } from '../kernel/result.ts'
import { type Memory, slot } from '../shell/memory.ts'
import { topic } from '../shell/topic.ts'
import type { World } from '../shell/world.ts'
import type { Message, MessageChannel, MessageStatus, Outcome, Outgoing } from './message.model.ts'
import type { OpenProvider, ProviderKind } from './provider.model.ts'

/** Messages of a shop: whoever listens hears that some are due. */
export const MESSAGES = topic()

/**
 * Asked in the transaction that claims messages, moments before they go: which must not, and why (by their ids). PAUSED waits until
 * somebody resumes; whatever else is said cancels.
 */
export type Guard = (world: World, messages: readonly Message[]) => Promise<ReadonlyMap<string, string>>
/** Told of each change of state, in the transaction that makes it. The message is as it is then. */
export type FollowMessages = (
  world: World,
  changes: readonly { readonly message: Message; readonly status: MessageStatus }[],
) => Promise<void>

/** How messages are given to a kind of provider. */
export type Sender = {
  /** What becomes of one whose worker ended while it had it: AGAIN where the provider knows a message that it has. */
  readonly ifLost: 'DOUBTFUL' | 'AGAIN'
  /** The settings of such a provider, as they are to be kept; absent: whatever is given. */
  readonly settings?: (
    given: Readonly<Record<string, unknown>>,
    channel: MessageChannel,
  ) => Result<Readonly<Record<string, unknown>>, Problem>
  /** How many it takes at once. */
  readonly atOnce: (provider: OpenProvider) => number
  readonly send: (world: World, provider: OpenProvider, outgoing: Outgoing) => Promise<Outcome>
  /** Whether it would take a message; with an address, sends a message that says so. Null: it would. Else why not, for staff. */
  readonly test: (world: World, provider: OpenProvider, to: string | null) => Promise<string | null>
}

const GUARDS = slot<Guard[]>(() => [])
const FOLLOWERS = slot<FollowMessages[]>(() => [])
const SENDERS = slot<Map<ProviderKind, Sender>>(() => new Map())

// Said once for each memory, in the registry.
export const beforeSending = (memory: Memory, guard: Guard): void => void memory.of(GUARDS).push(guard)
export const afterMessages = (memory: Memory, follow: FollowMessages): void => void memory.of(FOLLOWERS).push(follow)
export const sendBy = (memory: Memory, kind: ProviderKind, sender: Sender): void => void memory.of(SENDERS).set(kind, sender)

export const guards = ({ memory }: World): readonly Guard[] => memory.of(GUARDS)
export const messageFollowers = ({ memory }: World): readonly FollowMessages[] => memory.of(FOLLOWERS)
export const senderOf = ({ memory }: World, kind: ProviderKind): Sender | null => memory.of(SENDERS).get(kind) ?? null
