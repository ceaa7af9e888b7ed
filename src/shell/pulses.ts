import type { EntityManager } from '@mikro-orm/postgresql'
import type { Instant } from '../kernel/clock.ts'
import type { Database } from './database.ts'
import type { Log } from './jobs.ts'
import type { World } from './world.ts'

/**
 * What is looked after every so often, and at once where this process hears of something: one process at a time does it for a shop. It
 * answers whether there is more to do at once. Nothing may hang on when it is done: it finds out itself what is due.
 */
export type Pulse = {
  readonly name: string
  readonly everyMs: number
  /** The shops in which there may be something to do; absent: all. */
  readonly shops?: (em: EntityManager, now: Instant) => Promise<readonly number[]>
  readonly run: (world: World) => Promise<boolean>
}

type Parts = {
  readonly database: Database
  readonly log: Log
  readonly now: () => Instant
  readonly shops: () => Promise<readonly { readonly id: number }[]>
  readonly worldOf: (shopId: number) => World
  readonly pulses: readonly Pulse[]
}

export type PulseData = { readonly pulse: string; readonly shopId: number }

/** One process looks after a shop so long at most before others may: a process that takes over finds what is due. */
const TURN_MS = 50_000
/** What is due one upon the other is begun together. */
const GATHER_MS = 20
/** Where it failed a shop is left alone for so long, then for twice as long, and so on. */
const [FIRST_LEFT_MS, MOST_LEFT_MS] = [5_000, 300_000]

/** The pulses of a process: who asks when, and whoever the queue hands a shop to looks after it. */
export class Pulses {
  readonly parts: Parts
  readonly stopping: AbortSignal
  readonly #timers: NodeJS.Timeout[] = []
  readonly #woken = new Set<number>()
  readonly #failing = new Map<string, { readonly ms: number; readonly until: number }>()
  #ask: (key: string, data: PulseData) => Promise<void> = async () => {}

  constructor(parts: Parts, stopping: AbortSignal) {
    this.parts = parts
    this.stopping = stopping
  }

  begin(ask: (key: string, data: PulseData) => Promise<void>): void {
    this.#ask = ask
    for (const pulse of this.parts.pulses) {
      let looking = Promise.resolve()
      let isLooking = false
      const timer = setInterval(() => {
        if (isLooking || this.stopping.aborted) return
        isLooking = true
        looking = looking.then(() => this.#look(pulse)).finally(() => (isLooking = false))
      }, pulse.everyMs)
      this.#timers.push(timer)
    }
  }

  end(): void {
    for (const timer of this.#timers) clearInterval(timer)
  }

  wake(shopId: number): void {
    if (this.stopping.aborted || this.#woken.has(shopId)) return
    this.#woken.add(shopId)
    setTimeout(async () => {
      this.#woken.delete(shopId)
      for (const pulse of this.parts.pulses) await this.#askFor(pulse, shopId)
    }, GATHER_MS).unref()
  }

  async #look({ shops, ...pulse }: Pulse): Promise<void> {
    const { database, now, log } = this.parts
    try {
      const found = shops === undefined ? (await this.parts.shops()).map(({ id }) => id) : await shops(database.fork(), now())
      for (const shopId of found) await this.#askFor(pulse, shopId)
    } catch (error) {
      log.error({ err: error, pulse: pulse.name }, 'the clock of a pulse failed; it goes on')
    }
  }

  async #askFor({ name }: Pick<Pulse, 'name'>, shopId: number): Promise<void> {
    const key = `${name}/${shopId}`
    if (this.stopping.aborted || performance.now() < (this.#failing.get(key)?.until ?? 0)) return
    try {
      await this.#ask(key, { pulse: name, shopId })
    } catch (error) {
      this.parts.log.error({ err: error, shopId, pulse: name }, 'a pulse could not be asked for; it is asked for again')
    }
  }

  /** As long as there is more to do, and this shop's turn lasts; each time with a clock and a connection of its own. */
  async perform({ pulse: name, shopId }: PulseData): Promise<void> {
    const { parts } = this
    const pulse = parts.pulses.find((one) => one.name === name)
    if (pulse === undefined) return
    const key = `${name}/${shopId}`
    const over = performance.now() + TURN_MS
    try {
      while ((await pulse.run(parts.worldOf(shopId))) && performance.now() < over && !this.stopping.aborted);
      this.#failing.delete(key)
    } catch (error) {
      parts.log.error({ err: error, shopId, pulse: name }, 'a pulse failed; it is tried again')
      const ms = Math.min(MOST_LEFT_MS, 2 * (this.#failing.get(key)?.ms ?? FIRST_LEFT_MS / 2))
      this.#failing.set(key, { ms, until: performance.now() + ms })
    }
  }
}
