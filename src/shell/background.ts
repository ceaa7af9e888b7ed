import { setTimeout as sleep } from 'node:timers/promises'
import type { Instant } from '../kernel/clock.ts'
import { instant } from '../kernel/clock.ts'
import { type Day, localTime } from '../kernel/zone.ts'
import type { Database } from './database.ts'
import { type Log, openJobs } from './jobs.ts'
import { type Pulse, type PulseData, Pulses } from './pulses.ts'
import type { World } from './world.ts'

/** What is done once a day of each shop's, in one transaction, with that it was done. */
export type DailyJob = { readonly name: string; readonly run: (world: World, day: Day) => Promise<void> }
/** What is done soon after something of a shop's changed; it finds out itself what, and finds nothing the second time. */
export type Follower = { readonly name: string; readonly run: (world: World) => Promise<void> }

export type BackgroundShop = { readonly id: number; readonly code: string; readonly timeZone: string }

/** What the background is given by whoever knows everybody. */
export type Parts = {
  readonly database: Database
  readonly log: Log
  readonly now: () => Instant
  readonly shops: () => Promise<readonly BackgroundShop[]>
  readonly worldOf: (shopId: number) => World
  /** Does a job unless it was done on that day; whether it was done now. */
  readonly daily: readonly DailyJob[]
  readonly once: (world: World, job: DailyJob, day: Day) => Promise<boolean>
  readonly followers: readonly Follower[]
  readonly pulses: readonly Pulse[]
}

export type Background = {
  /** Something of this shop changed here. */
  readonly follow: (shopId: number) => void
  /** Something is due in this shop: its pulses are looked after now. */
  readonly wake: (shopId: number) => void
  /** Takes nothing new and waits for what is under way. */
  readonly stop: (graceMs: number) => Promise<void>
}

/** A shop's day is looked at when it is some minutes old: whoever closes the till at midnight has closed it. */
const INTO_THE_DAY_MS = 5 * 60_000
/** How often the clock is looked at, and what another process left unfollowed. */
const TICK_MS = 30_000
/** Changes that come one upon the other are followed together. */
const GATHER_MS = 100
/** Where following failed it is left for half a tick, then for twice as long, and so on, at most for so long: a fault that stays costs others nothing. */
const MOST_LEFT_MS = 3_600_000

/** The work of this process that nobody waits for. Prices and counts are right without it; it is for what time changes, and for history. */
export async function openBackground(parts: Parts): Promise<Background> {
  const { log } = parts
  const stopping = new AbortController()
  const asked = new Map<number, Day>()
  const waiting = new Set<number>()
  const failing = new Map<number, Failing>()
  let following: Promise<void> | null = null

  const pulses = new Pulses(parts, stopping.signal)
  const jobs = await openJobs(parts.database, log, {
    daily: (data) => doDaily(parts, data as DailyData),
    pulse: (data) => pulses.perform(data as PulseData),
  })
  pulses.begin(jobs.askPulse)

  async function askForToday(shops: readonly BackgroundShop[]): Promise<void> {
    for (const { id, timeZone } of shops) {
      try {
        const { day } = localTime(instant(parts.now() - INTO_THE_DAY_MS), timeZone)
        if (asked.get(id) === day) continue
        await jobs.ask({ key: `daily/${id}/${day}`, data: { shopId: id, day } satisfies DailyData })
        asked.set(id, day)
      } catch (error) {
        log.error({ err: error, shopId: id }, "a shop's daily work could not be asked for; it is asked for again")
      }
    }
  }

  async function followShop(shopId: number): Promise<void> {
    const before = failing.get(shopId)
    if (before !== undefined && performance.now() < before.until) return
    let failed = false
    for (const follower of parts.followers) failed = !(await followOne(parts, follower, shopId)) || failed
    if (failed) failing.set(shopId, leftAlone(before))
    else failing.delete(shopId)
  }

  async function followWaiting(): Promise<void> {
    while (waiting.size > 0 && !stopping.signal.aborted) {
      await sleep(GATHER_MS, null, { signal: stopping.signal }).catch(() => {})
      const shops = [...waiting]
      waiting.clear()
      for (const shopId of shops) await followShop(shopId)
    }
    following = null
  }

  const follow = (shopId: number): void => {
    if (stopping.signal.aborted) return
    waiting.add(shopId)
    following ??= followWaiting()
  }

  async function tick(): Promise<void> {
    try {
      const shops = await parts.shops()
      await askForToday(shops)
      for (const { id } of shops) follow(id)
    } catch (error) {
      log.error({ err: error }, 'the clock of background work failed; it goes on')
    }
  }

  let ticking = tick()
  const clock = setInterval(() => {
    ticking = ticking.then(tick)
  }, TICK_MS)
  return {
    follow,
    wake: (shopId) => pulses.wake(shopId),
    stop: async (graceMs) => {
      stopping.abort()
      pulses.end()
      clearInterval(clock)
      const over = performance.now() + graceMs
      await Promise.race([Promise.all([ticking, following]), sleep(graceMs, null, { ref: false })])
      await jobs.stop(Math.max(0, over - performance.now()))
    },
  }
}

type DailyData = { readonly shopId: number; readonly day: Day }

/**
 * One after another, in the order in which they are listed, whichever of them fails; what failed is tried again by the queue,
 * without what was done. The queue keeps why something failed for days: it is told that it did, and the log why.
 */
async function doDaily(parts: Parts, { shopId, day }: DailyData): Promise<void> {
  const failed: string[] = []
  for (const job of parts.daily) {
    const startedAt = performance.now()
    try {
      if (await parts.once(parts.worldOf(shopId), job, day))
        parts.log.info({ shopId, day, job: job.name, ms: Math.round(performance.now() - startedAt) }, 'a daily job is done')
    } catch (error) {
      parts.log.error({ err: error, shopId, day, job: job.name }, 'a daily job failed; it is tried again')
      failed.push(job.name)
    }
  }
  if (failed.length > 0) throw new Error(`failed, as the log says: ${failed.join(', ')}`)
}

/** Whether it was done. What changed is still noted down if not: a later tick, here or elsewhere, tries again. */
async function followOne({ worldOf, log }: Parts, follower: Follower, shopId: number): Promise<boolean> {
  try {
    await follower.run(worldOf(shopId))
    return true
  } catch (error) {
    log.error({ err: error, shopId, follower: follower.name }, 'following a change failed')
    return false
  }
}

/** For how long a shop is left alone after following failed there, and until when. */
type Failing = { readonly ms: number; readonly until: number }

function leftAlone(before: Failing | undefined): Failing {
  const ms = Math.min(MOST_LEFT_MS, before === undefined ? TICK_MS / 2 : 2 * before.ms)
  return { ms, until: performance.now() + ms }
}
