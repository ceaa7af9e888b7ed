import { trace } from '../audit/audit.service.ts'
import { instant } from '../kernel/clock.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { newId } from '../shell/ids.ts'
import { outboundUrl, privateAddressesAllowed } from '../shell/outbound.ts'
import { newSeed } from '../shell/random.ts'
import { type Seal, sealOf } from '../shell/seal.ts'
import { transact, type World } from '../shell/world.ts'
import type { Backlog, OpenSubscription, SealedSubscription, Subscription, WantedSubscription } from './subscription.model.ts'
import { MOST_SUBSCRIPTIONS, readSubscription, secretFrom } from './subscription.rules.ts'
import {
  countBacklogs,
  findOpen,
  findSubscription,
  listSubscriptionRows,
  removeSubscription,
  writeSecret,
  writeSubscription,
} from './subscription.store.ts'

/** Shown once: with the secret where one was made. */
export type Saved = { readonly subscription: Subscription; readonly secret: string | null }

/** For so long the secret before signs beside a new one. */
const OVERLAP_MS = 24 * 3_600_000

export const listSubscriptions = (world: World): Promise<Subscription[]> => listSubscriptionRows(world)

/** Creates the subscription of this code with a secret of its own, or replaces all but its secret. */
export function saveSubscription(world: World, given: WantedSubscription): Promise<Result<Saved, Problem>> {
  return transact(world, async (tx) => {
    const read = readSubscription(given)
    if (!read.ok) return read
    const wanted = read.value
    const url = outboundUrl(wanted.url, privateAddressesAllowed(tx.memory))
    if (!url.ok) return refuse(problem('BAD_USER_INPUT', `url: ${url.problem}.`, ['input', 'url']))
    const before = await findSubscription(tx, wanted.code, true)
    const made = before === null ? await makeNew(tx) : accept({ id: before.id, secret: null, sealed: before.sealed })
    if (!made.ok) return made
    const { id, secret, sealed } = made.value
    const subscription = await writeSubscription(tx, id, wanted, sealed)
    // Somebody else made it in the same moment, with another secret than ours.
    if (subscription.id !== id)
      return refuse(problem('CONFLICT', `"${wanted.code}" was saved by somebody else just now.`, ['input', 'code']))
    await trace(tx, {
      action: 'saveWebhookSubscription',
      target: targetOf(wanted.code),
      before: before && wordsOf(before),
      after: wordsOf(subscription),
    })
    return accept({ subscription, secret })
  })
}

async function makeNew(world: World): Promise<Result<{ readonly id: string; readonly secret: string; readonly sealed: Buffer }, Problem>> {
  if ((await listSubscriptionRows(world)).length >= MOST_SUBSCRIPTIONS)
    return refuse(problem('TOO_MANY_ITEMS', `A shop has at most ${MOST_SUBSCRIPTIONS} subscriptions: delete one first.`, ['input', 'code']))
  const seal = requireSeal(world)
  if (!seal.ok) return seal
  const [id, secret] = [newId(), secretFrom(newSeed())]
  return accept({ id, secret, sealed: seal.value.close(secret, aboutOf(world, id)) })
}

function requireSeal({ memory }: World): Result<Seal, Problem> {
  const seal = sealOf(memory)
  if (seal !== null) return accept(seal)
  const message =
    'Secrets are kept sealed, and this server has no key to seal them with: start it with REGULARS_SECRET (at least 32 characters).'
  return refuse(problem('CONFLICT', message))
}

/** Another secret. The one before signs beside it for a day, so that a receiver can be told the new one meanwhile. */
export function rotateSecret(world: World, code: string): Promise<Result<Saved, Problem>> {
  return transact(world, async (tx) => {
    const found = await findSubscription(tx, code, true)
    if (found === null) return refuse(unknown(code))
    const seal = requireSeal(tx)
    if (!seal.ok) return seal
    const secret = secretFrom(newSeed())
    await writeSecret(tx, found.id, seal.value.close(secret, aboutOf(tx, found.id)), instant(tx.now + OVERLAP_MS))
    await trace(tx, { action: 'rotateWebhookSecret', target: targetOf(code) })
    const after = await findSubscription(tx, code)
    return after === null ? refuse(unknown(code)) : accept({ subscription: after, secret })
  })
}

/** With all that waits for it. */
export function deleteSubscription(world: World, code: string): Promise<Result<true, Problem>> {
  return transact(world, async (tx) => {
    const found = await findSubscription(tx, code, true)
    if (found === null) return refuse(unknown(code))
    await removeSubscription(tx, found.id)
    await trace(tx, { action: 'deleteWebhookSubscription', target: targetOf(code), before: wordsOf(found) })
    return accept(true)
  })
}

/** Those to whom something may be sent now, with their secrets. One whose secret cannot be opened here (another REGULARS_SECRET) is `locked`. */
export async function openSubscriptions(
  world: World,
): Promise<{ readonly open: readonly OpenSubscription[]; readonly locked: readonly Subscription[] }> {
  const all = (await findOpen(world)).map((one) => ({ one, opened: unseal(world, one) }))
  return { open: all.flatMap(({ opened }) => opened ?? []), locked: all.flatMap(({ one, opened }) => (opened === null ? one : [])) }
}

/** A subscription with its secrets; null where there is none of this code, or where they cannot be opened here. */
export async function openSubscription(world: World, code: string): Promise<Result<OpenSubscription | null, Problem>> {
  const found = await findSubscription(world, code)
  return found === null ? refuse(unknown(code)) : accept(unseal(world, found))
}

function unseal(world: World, { sealed, sealedBefore, ...subscription }: SealedSubscription): OpenSubscription | null {
  const open = (text: Buffer) => sealOf(world.memory)?.open(text, aboutOf(world, subscription.id)) ?? null
  const secret = open(sealed)
  if (secret === null) return null
  const { beforeUntil } = subscription
  const before = sealedBefore !== null && beforeUntil !== null && world.now < beforeUntil ? open(sealedBefore) : null
  return { ...subscription, secrets: before === null ? [secret] : [secret, before] }
}

/** How much waits for each of these and how much was given up, in their order. */
export async function backlogsOf(world: World, ids: readonly string[]): Promise<Backlog[]> {
  const found = await countBacklogs(world, ids)
  return ids.map((id) => found.get(id) ?? { waiting: 0, dead: 0 })
}

export const unknown = (code: string): Problem =>
  problem('NOT_FOUND', `There is no webhook subscription "${code.slice(0, 200)}".`, ['code'])
export const targetOf = (code: string): string => `webhook/${code}`
const aboutOf = ({ shopId }: World, id: string) => `webhook/${shopId}/${id}`
/** For the audit log; a query may hold what opens the receiver's door. */
const wordsOf = ({ code, url, topics, description, enabled }: Subscription) => ({
  code,
  url: url.replace(/\?.*$/s, '?…'),
  topics,
  description,
  enabled,
})

export const LOCKED =
  'Its secret was sealed under another REGULARS_SECRET than this server has: rotate it (rotateWebhookSecret) and tell the receiver.'
