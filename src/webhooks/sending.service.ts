import { setTimeout as sleep } from 'node:timers/promises'
import type { EntityManager } from '@mikro-orm/postgresql'
import { trace } from '../audit/audit.service.ts'
import { type Instant, instant } from '../kernel/clock.ts'
import { accept } from '../kernel/result.ts'
import { newId } from '../shell/ids.ts'
import { privateAddressesAllowed } from '../shell/outbound.ts'
import { chance } from '../shell/random.ts'
import { postSigned } from '../shell/signed-post.ts'
import { transact, type World } from '../shell/world.ts'
import type { Answer, Delivery } from './delivery.model.ts'
import { asksToEnd, atOnce, bodyOf, faultOf, holdFor, settle } from './delivery.rules.ts'
import { claim, type Ended, findShopsWithDue, noteDoing, settleRows, tellHowMuch } from './sending.store.ts'
import type { OpenSubscription } from './subscription.model.ts'
import { LOCKED, openSubscriptions } from './subscription.service.ts'

/** To one subscription so many events are under way at once, and so many more are taken ahead. */
const MOST_AT_ONCE = 10
const AHEAD = 20
/** Nothing new is begun after so long: a process that is to end does so within its grace. */
const LONGEST_MS = 8_000
/** While somebody is slow to answer it is looked so often whether something else came due. */
const LOOK_MS = 100
/** For the whole of an attempt; and of an answer no more is read. */
export const TIMEOUT_MS = 10_000
const LONGEST_ANSWER = 2_000
/** Who has an event for so long is gone: longer than all that is taken ahead may take. */
const LEASE_MS = 60_000

/** Whether more may be due at once; how many were delivered. */
export type Worked = { readonly delivered: number; readonly more: boolean }

/**
 * The worker's unit: sends what is due in the shop to everybody who subscribed. Any number of processes may at once. Each event is claimed, in
 * the order of its lane, before it leaves; whoever ends with one in its hands leaves it to the next, under the same id.
 */
export async function deliverDue(world: World): Promise<Worked> {
  const { open, locked } = await openSubscriptions(world)
  for (const { id, failures } of locked)
    await noteDoing(world, id, { failures, heldUntil: instant(world.now + holdFor(Number.MAX_SAFE_INTEGER)), fault: LOCKED, ended: false })
  if (open.length > 0) await tellHowMuch(world)
  const worked = await Promise.all(open.map((subscription) => new Work(world, subscription).done()))
  return { delivered: worked.reduce((sum, { delivered }) => sum + delivered, 0), more: worked.some(({ more }) => more) }
}

export const shopsWithDue = (em: EntityManager, now: Instant): Promise<number[]> => findShopsWithDue(em, now)

/** Posts to a subscription; what came back. */
export async function post(world: World, { url, secrets }: OpenSubscription, id: string, at: Instant, body: string): Promise<Answer> {
  const answer = await postSigned({
    url,
    id,
    at,
    secrets,
    body,
    timeoutMs: TIMEOUT_MS,
    mostBytes: LONGEST_ANSWER,
    longer: 'CUT',
    allowPrivate: privateAddressesAllowed(world.memory),
  })
  return answer.ok ? answer.value : { status: null, fault: answer.problem.sentence }
}

/** The events of one subscription on their way: taken a little ahead, sent so many at once, written down together. */
class Work {
  readonly world: World
  readonly to: OpenSubscription
  readonly #claimId = newId()
  readonly #startedAt = performance.now()
  readonly #ready: Delivery[] = []
  readonly #ended: Ended[] = []
  #feeding: Promise<void> | null = null
  #failures: number
  #fault: string | null
  #asksToEnd = false
  #delivered = 0
  #tried = 0
  #underway = 0

  constructor(world: World, to: OpenSubscription) {
    this.world = world
    this.to = to
    this.#failures = to.failures
    this.#fault = to.fault
  }

  async done(): Promise<Worked> {
    const slots = Array.from({ length: atOnce(this.#failures, MOST_AT_ONCE) }, () => this.#slot())
    const ends = await Promise.allSettled(slots)
    const now = this.#now()
    // What was taken and not begun, whatever went wrong meanwhile, is anybody's again.
    for (const { seq } of this.#ready.splice(0))
      this.#ended.push({ seq, status: 'WAITING', answered: null, fault: null, dueAt: now, givenBack: true })
    await this.#write()
    await this.#noteDoing()
    for (const end of ends) if (end.status === 'rejected') throw end.reason
    return { delivered: this.#delivered, more: this.#tried > 0 && !this.#isHeld() }
  }

  async #slot(): Promise<void> {
    for (let next = await this.#next(); next !== null; next = await this.#next()) {
      this.#tried += 1
      this.#underway += 1
      const answer = await post(this.world, this.to, next.event.id, this.#now(), bodyOf(next.event))
      this.#underway -= 1
      this.#note(next, answer)
    }
  }

  /** What is to be sent next; null: nothing is, and nothing is under way that others wait for. */
  async #next(): Promise<Delivery | null> {
    while (!this.#isHeld() && performance.now() - this.#startedAt < LONGEST_MS) {
      const next = this.#ready.shift()
      if (next !== undefined) return next
      this.#feeding ??= this.#feed().finally(() => {
        this.#feeding = null
      })
      await this.#feeding
      if (this.#ready.length > 0 || this.#ended.length > 0) continue
      if (this.#underway === 0) return null
      await sleep(LOOK_MS)
    }
    return null
  }

  /** What became of those before is written down first: those that wait for them can go. */
  async #feed(): Promise<void> {
    await this.#write()
    const now = this.#now()
    const wanted = { claimId: this.#claimId, now, until: instant(now + LEASE_MS), most: atOnce(this.#failures, AHEAD) }
    this.#ready.push(...(await claim(this.world, this.to.id, wanted)))
  }

  #note({ seq, attempts, giveUpAt }: Delivery, answer: Answer): void {
    const settled = settle(answer, { attempts, giveUpAt, now: this.#now(), chance: chance() })
    this.#ended.push({ seq, ...settled, givenBack: false })
    this.#fault = faultOf(answer)
    this.#failures = this.#fault === null ? 0 : this.#failures + 1
    if (this.#fault === null) this.#delivered += 1
    if (asksToEnd(answer)) this.#asksToEnd = true
  }

  async #write(): Promise<void> {
    const ended = this.#ended.splice(0)
    if (ended.length > 0) await settleRows(this.world, this.to.id, { claimId: this.#claimId, now: this.#now() }, ended)
  }

  /** Nothing more is begun: it asked for that, or did not take anything for a while and was asked once more. */
  #isHeld(): boolean {
    return this.#asksToEnd || (this.#tried > 0 && holdFor(this.#failures) > 0)
  }

  async #noteDoing(): Promise<void> {
    const { failures, heldUntil, fault, id, code } = this.to
    const ms = holdFor(this.#failures)
    const doing = {
      failures: this.#failures,
      heldUntil: ms === 0 ? null : instant(this.#now() + ms),
      fault: this.#fault,
      ended: this.#asksToEnd,
    }
    if (this.#tried === 0 || (failures === doing.failures && heldUntil === doing.heldUntil && fault === doing.fault)) return
    await transact(this.world, async (tx) => {
      await noteDoing(tx, id, doing)
      if (doing.ended) await trace(tx, { action: 'disableWebhookSubscription', target: `webhook/${code}`, after: { reason: doing.fault } })
      return accept(null)
    })
  }

  #now(): Instant {
    return instant(this.world.now + performance.now() - this.#startedAt)
  }
}
