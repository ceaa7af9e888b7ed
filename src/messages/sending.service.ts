import { setTimeout as sleep } from 'node:timers/promises'
import type { EntityManager } from '@mikro-orm/postgresql'
import { CUSTOMERS } from '../customers/customer.topic.ts'
import { type Instant, instant } from '../kernel/clock.ts'
import { accept } from '../kernel/result.ts'
import { newId } from '../shell/ids.ts'
import { changed } from '../shell/topic.ts'
import { transact, type World } from '../shell/world.ts'
import { noteDeadAddresses } from '../touches/dead-address.service.ts'
import type { Message, Outcome, Outgoing } from './message.model.ts'
import { findContents } from './message.store.ts'
import { guards, type Sender, senderOf } from './message.topic.ts'
import type { OpenProvider } from './provider.model.ts'
import { allowed, holdFor } from './provider.rules.ts'
import { LOCKED, openProviders } from './provider.service.ts'
import { holdRate, saveHold, saveNextAt } from './provider.store.ts'
import { tellFollowers } from './queue.service.ts'
import { givenBack, kept, type Settled, settlementOf } from './sending.rules.ts'
import { claimRows, findLost, findShopsWithDue, settleLost, settleRows } from './sending.store.ts'

/** What is claimed is begun within this time, or given back and asked for again: so a pause holds within a second. */
const STALE_MS = 400
/**
 * So much work is claimed at a time, by how fast it went before, and for so long outcomes are gathered before they are written down: if this
 * process is killed, that much is in doubt.
 */
const AHEAD_MS = 40
const GATHER_MS = 20
const MOST_AT_ONCE = 200
/** One working ends by itself after so long, so that the next has a clock of its own. */
const LONGEST_MS = 2_000
/** How often it is looked whether a rate lets somebody go. */
const RATE_LOOK_MS = 50
/** What could not be written down is tried again after so long, so often. */
const WRITE_AGAIN_MS = [100, 500, 2_000]
/** Who has had a message for so long is gone; sending takes half of it at most. */
const LOST_MS = 120_000

export type Worked = {
  /** How many messages were given to somebody. */
  readonly sent: number
  /** Whether more may be due at once. */
  readonly more: boolean
}

/**
 * The worker's unit: sends what is due in the shop, at most `limit` messages of each channel. Any number of processes may at once; nobody is sent
 * a message twice. Each message is claimed, with everybody asked who may keep it from going, and is committed as SENDING before it leaves.
 */
export async function sendDue(world: World, { limit = 2_000 }: { readonly limit?: number } = {}): Promise<Worked> {
  await recoverLost(world)
  const { open, locked } = await openProviders(world)
  for (const { code, fault } of locked) if (fault !== LOCKED) await saveHold(world, code, { until: world.now, failures: 0, fault: LOCKED })
  const worked = await Promise.all(open.map((provider) => workProvider(world, provider, limit)))
  return { sent: worked.reduce((sum, one) => sum + one.sent, 0), more: worked.some(({ more }) => more) }
}

type Claimed = Outgoing & { readonly at: number }

async function workProvider(world: World, provider: OpenProvider, limit: number): Promise<Worked> {
  const sender = senderOf(world, provider.kind)
  if (sender === null || (provider.heldUntil !== null && provider.heldUntil > world.now)) return { sent: 0, more: false }
  const work = new Work(world, provider, sender, limit)
  return work.done()
}

/** The messages of one provider on their way: claimed a little ahead, sent so many at once, written down together. */
class Work {
  readonly world: World
  readonly provider: OpenProvider
  readonly sender: Sender
  readonly limit: number
  readonly #claimId = newId()
  readonly #startedAt = performance.now()
  readonly #ready: Claimed[] = []
  readonly #outcomes: Ended[] = []
  #feeding: Promise<void> | null = null
  #writing: Promise<void> | null = null
  #unwritten: unknown = null
  #claimed = 0
  #finished = 0
  #sent = 0
  #isDry = false
  #unreachable: (Outcome & { readonly kind: 'UNREACHABLE' }) | null = null

  constructor(world: World, provider: OpenProvider, sender: Sender, limit: number) {
    this.world = world
    this.provider = provider
    this.sender = sender
    this.limit = limit
  }

  async done(): Promise<Worked> {
    const slots = Array.from({ length: this.sender.atOnce(this.provider) }, () => this.#slot())
    const ended = await Promise.allSettled(slots)
    await Promise.allSettled([this.#feeding])
    // What was claimed and not begun, whatever went wrong meanwhile, is anybody's again.
    for (const { message } of this.#ready.splice(0)) this.#outcomes.push({ message, settled: givenBack(), recipient: null })
    await this.#writing
    await this.#write()
    for (const end of ended) if (end.status === 'rejected') throw end.reason
    if (this.#unwritten !== null) throw this.#unwritten
    await this.#noteProvider()
    return { sent: this.#sent, more: !this.#isDry && this.#unreachable === null }
  }

  async #slot(): Promise<void> {
    for (let next = await this.#next(); next !== null; next = await this.#next()) {
      if (performance.now() - next.at > STALE_MS) {
        this.#note({ message: next.message, settled: givenBack(), recipient: null })
        continue
      }
      const outcome = await this.#send(next)
      this.#finished += 1
      if (outcome.kind === 'UNREACHABLE') this.#unreachable = outcome
      else if (outcome.kind !== 'AGAIN') this.#sent += 1
      this.#note({
        message: next.message,
        settled: settlementOf(next.message, outcome, this.world.now, this.provider.costMinor),
        recipient: next.recipient,
      })
    }
  }

  async #send(claimed: Claimed): Promise<Outcome> {
    try {
      return await this.sender.send(this.world, this.provider, claimed)
    } catch (error) {
      // A fault of ours: whether it had gone by then nobody can say, unless the provider knows what it has.
      return { kind: this.sender.ifLost, reason: error instanceof Error ? error.name : 'fault' }
    }
  }

  async #next(): Promise<Claimed | null> {
    while (this.#ready.length === 0) {
      if (this.#isOver()) return null
      await this.#feed()
    }
    if (this.#unreachable !== null) return null
    const next = this.#ready.shift() ?? null
    // Whoever waits for it is told if it fails.
    if (this.#ready.length < this.#size() / 2 && !this.#isOver()) this.#feed().catch(() => {})
    return next
  }

  #isOver(): boolean {
    return this.#isDry || this.#unreachable !== null || this.#claimed >= this.limit || this.#elapsed() > LONGEST_MS
  }

  #elapsed(): number {
    return performance.now() - this.#startedAt
  }

  /** As many as go in a moment, at the speed so far. */
  #size(): number {
    const slots = this.sender.atOnce(this.provider)
    const perMs = this.#finished / Math.max(1, this.#elapsed())
    return Math.min(MOST_AT_ONCE, Math.max(slots, Math.ceil(perMs * AHEAD_MS)))
  }

  #feed(): Promise<void> {
    this.#feeding ??= this.#claim().finally(() => {
      this.#feeding = null
    })
    return this.#feeding
  }

  async #claim(): Promise<void> {
    const wanted = Math.min(this.#size(), this.limit - this.#claimed)
    const at = performance.now()
    const claimed = await claim(this.world, this.provider, { claimId: this.#claimId, wanted, elapsed: Math.trunc(this.#elapsed()) })
    this.#claimed += claimed.taken
    if (claimed.taken < claimed.asked) this.#isDry = true
    for (const outgoing of claimed.ready) this.#ready.push({ ...outgoing, at })
    if (claimed.asked === 0) await sleep(RATE_LOOK_MS)
  }

  #note(ended: Ended): void {
    this.#outcomes.push(ended)
    this.#writing ??= sleep(GATHER_MS).then(() => this.#write())
  }

  /** All that came so far, together; meanwhile mail is sent on. */
  async #write(): Promise<void> {
    while (this.#outcomes.length > 0) {
      const outcomes = this.#outcomes.splice(0)
      try {
        await settleSurely(this.world, this.#claimId, outcomes)
      } catch (error) {
        // What has gone and could not be written down will be in doubt; nothing more is begun.
        this.#unwritten ??= error
        this.#isDry = true
      }
    }
    this.#writing = null
  }

  async #noteProvider(): Promise<void> {
    const { code, failures, fault } = this.provider
    if (this.#unreachable !== null) {
      const { reason, until } = this.#unreachable
      // Whoever took some a moment ago is not away for long.
      const before = this.#sent > 0 ? 0 : failures
      // Closed for a while, as agreed: nothing failed.
      if (until !== undefined) await saveHold(this.world, code, { until, failures: 0, fault: reason })
      else await saveHold(this.world, code, { until: instant(this.world.now + holdFor(before)), failures: before + 1, fault: reason })
    } else if (this.#sent > 0 && (failures > 0 || fault !== null)) await saveHold(this.world, code, null)
  }
}

/** `asked`: how many the rate let ask for. */
type Taken = { readonly asked: number; readonly taken: number; readonly ready: readonly Outgoing[] }
type Wanted = { readonly claimId: string; readonly wanted: number; readonly elapsed: number }

/** Takes messages, asks who may keep them, and says that they are being sent; all of it is committed before any of them leaves. */
async function claim(world: World, provider: OpenProvider, { claimId, wanted, elapsed }: Wanted): Promise<Taken> {
  const answer = await transact(world, async (tx) => {
    const { ratePerSecond: rate } = provider
    const most = rate === null ? wanted : await byRate(tx, provider, { rate, wanted, at: tx.now + elapsed })
    if (most === 0) return accept({ asked: 0, taken: 0, ready: [] })
    const messages = await claimRows(tx, { channel: provider.channel, providerCode: provider.code, claimId, most })
    const reasons = await keptBack(tx, messages)
    const contents = await findContents(
      tx,
      messages.flatMap(({ id }) => (reasons.has(id) ? [] : id)),
    )
    const back = messages.flatMap((message) => {
      const reason = reasons.get(message.id) ?? (contents.has(message.id) ? null : 'FORGOTTEN')
      return reason === null ? [] : [{ id: message.id, ...kept(reason, tx.now) }]
    })
    if (back.length > 0) {
      const written = await settleRows(tx, claimId, back)
      await tellFollowers(
        tx,
        written.filter(({ status }) => status === 'CANCELLED'),
      )
    }
    const ready = messages.flatMap((message) => {
      const content = reasons.has(message.id) ? undefined : contents.get(message.id)
      return content === undefined ? [] : [{ message, ...content }]
    })
    return accept({ asked: most, taken: messages.length, ready })
  })
  if (!answer.ok) throw new Error('a claim refused')
  return answer.value
}

type Rated = { readonly rate: number; readonly wanted: number; readonly at: number }

async function byRate(tx: World, { code }: OpenProvider, { rate, wanted, at }: Rated): Promise<number> {
  const state = await holdRate(tx, code)
  if (state === null) return 0
  const { count, nextAt } = allowed(at, state.nextAt, rate, wanted)
  if (count > 0) await saveNextAt(tx, code, instant(Math.ceil(nextAt)))
  return count
}

/** Which of these must not go, and why. */
async function keptBack(tx: World, messages: readonly Message[]): Promise<ReadonlyMap<string, string>> {
  const reasons = new Map<string, string>()
  for (const { id, notAfter } of messages) if (notAfter !== null && notAfter < tx.now) reasons.set(id, 'TOO_LATE')
  if (messages.length > 0)
    for (const guard of guards(tx)) for (const [id, reason] of await guard(tx, messages)) if (!reasons.has(id)) reasons.set(id, reason)
  return reasons
}

type Ended = { readonly message: Message; readonly settled: Settled; readonly recipient: string | null }

/** What has gone must be known to have gone: a database that is away for a moment is asked again. */
async function settleSurely(world: World, claimId: string, ended: readonly Ended[]): Promise<void> {
  for (const pause of WRITE_AGAIN_MS)
    try {
      return await settle(world, claimId, ended)
    } catch {
      await sleep(pause)
    }
  return settle(world, claimId, ended)
}

/** Writes down what became of messages, in one transaction with everybody's who follows them. */
async function settle(world: World, claimId: string, ended: readonly Ended[]): Promise<void> {
  const done = await transact(world, async (tx) => {
    const written = await settleRows(
      tx,
      claimId,
      ended.map(({ message, settled }) => ({ id: message.id, ...settled })),
    )
    const dead = ended.flatMap(({ message: { customerId, channel }, settled: { status, reason }, recipient }) =>
      status === 'BOUNCED' && channel !== 'PARCEL' && recipient !== null
        ? [{ customerId, channel, address: recipient, why: reason ?? '' }]
        : [],
    )
    await noteDeadAddresses(tx, dead)
    changed(
      tx,
      CUSTOMERS,
      dead.map(({ customerId }) => customerId),
    )
    const givenBackIds = new Set(ended.flatMap(({ message, settled }) => (settled.givenBack ? message.id : [])))
    await tellFollowers(
      tx,
      written.filter(({ id }) => !givenBackIds.has(id)),
    )
    return accept(null)
  })
  if (!done.ok) throw new Error('a settlement refused')
}

/** What was being sent by somebody who is gone: in doubt where nobody can know whether it went, else due again. */
async function recoverLost(world: World): Promise<void> {
  const done = await transact(world, async (tx) => {
    const lost = await findLost(tx, instant(tx.now - LOST_MS), 1_000)
    if (lost.length === 0) return accept(null)
    const { open } = await openProviders(tx)
    const isKnown = ({ providerCode }: Message) => {
      const kind = open.find(({ code }) => code === providerCode)?.kind
      return kind !== undefined && senderOf(tx, kind)?.ifLost === 'AGAIN'
    }
    const [again, doubtful] = [lost.filter(isKnown), lost.filter((message) => !isKnown(message))]
    const ids = (messages: readonly Message[]) => messages.map(({ id }) => id)
    await settleLost(tx, ids(again), 'QUEUED', 'WORKER_LOST')
    await tellFollowers(tx, await settleLost(tx, ids(doubtful), 'DOUBTFUL', 'WORKER_LOST'))
    return accept(null)
  })
  if (!done.ok) throw new Error('a recovery refused')
}

/** The shops in which something could go now. */
export const shopsWithDue = (em: EntityManager, now: Instant): Promise<number[]> => findShopsWithDue(em, now, instant(now - LOST_MS))
