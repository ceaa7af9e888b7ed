import type { PGlite } from '@electric-sql/pglite'
import type { Pool } from 'pg'
import { type Db, fromPglite, PgBoss } from 'pg-boss'
import { v5 } from 'uuid'
import type { Database } from './database.ts'

/** What is told of background work: to the log, and nowhere else. */
export type Log = { readonly info: (about: object, text: string) => void; readonly error: (about: object, text: string) => void }

/** Work under a name of its own: handed to one process of however many, and to another if that one ends before it is done. */
type Work = {
  readonly key: string
  readonly data: object
}

export type Jobs = {
  /** Asks for a piece of work. Asked again under the same key, by whomever, nothing more is done, for a week. */
  readonly ask: (work: Work) => Promise<void>
  /** Asks that this be done as soon as may be: nothing more is asked for while it waits or is done, by whomever. */
  readonly askPulse: (key: string, data: object) => Promise<void>
  /** Takes nothing new and waits for what is under way, at most so many milliseconds. */
  readonly stop: (graceMs: number) => Promise<void>
}

type Perform = { readonly daily: (data: object) => Promise<void>; readonly pulse: (data: object) => Promise<void> }

const QUEUE = 'daily'
const PULSE_QUEUE = 'pulse'
/** So many shops are looked after at a time by one process. */
const PULSES_AT_ONCE = 3
/** Makes ids of keys (RFC 9562, version 5): the queue keeps one job of an id. */
const OURS = '5b0d8a1e-7c43-4f5e-9d38-0f2f6f0f7a11'
/** A process that says nothing for so long is gone; what it had begun is begun again. */
const SILENT_SECONDS = 10

/**
 * The queue of work that is done later or elsewhere: pg-boss, in a schema of its own, in the same database. On a server it
 * goes through the pool that requests use; the embedded database has one session, where each statement of the queue waits
 * until no transaction is open.
 */
export async function openJobs(database: Database, log: Log, perform: Perform): Promise<Jobs> {
  const boss = new PgBoss({
    db: await sessionOf(database),
    backend: database.kind === 'server' ? 'postgres' : 'pglite',
    schema: 'regulars_jobs',
    // Days begin in each shop's own zone, and one that nobody was awake for is made up for: the clock is ours.
    schedule: false,
    superviseIntervalSeconds: SILENT_SECONDS,
    monitorIntervalSeconds: SILENT_SECONDS,
    flowIntervalSeconds: 3_600,
    reindex: false,
    monitorVacuum: false,
  })
  boss.on('error', (error) => log.error({ err: error }, 'the queue of background work failed'))
  await boss.start()
  await boss.createQueue(QUEUE, {
    retryLimit: 10,
    retryDelay: 5,
    retryBackoff: true,
    expireInSeconds: 4 * 3_600,
    heartbeatSeconds: SILENT_SECONDS,
    deleteAfterSeconds: 7 * 86_400,
  })
  await boss.work<object>(QUEUE, { pollingIntervalSeconds: 2 }, async (jobs) => {
    for (const { data } of jobs) await perform.daily(data)
  })
  const workers = await openPulses(boss, perform.pulse)
  return {
    ask: async ({ key, data }) => void (await boss.send(QUEUE, data, { id: v5(key, OURS) })),
    askPulse: async (key, data) => {
      if ((await boss.send(PULSE_QUEUE, data, { singletonKey: key })) !== null) for (const worker of workers) boss.notifyWorker(worker)
    },
    stop: (graceMs) => boss.stop({ graceful: true, timeout: graceMs }),
  }
}

async function sessionOf(database: Database): Promise<Db> {
  const native = await (database.orm.em.getConnection() as unknown as { getNativeClient: () => Promise<Pool | PGlite> }).getNativeClient()
  if (database.kind === 'embedded') return fromPglite(native as PGlite)
  const pool = native as Pool
  return { executeSql: (text, values) => pool.query(text, values as unknown[]) }
}

/** One job of a key waits or is under way; nothing is kept of those that are done, and whoever falls silent is followed by another. */
async function openPulses(boss: PgBoss, perform: (data: object) => Promise<void>): Promise<readonly string[]> {
  await boss.createQueue(PULSE_QUEUE, {
    policy: 'exclusive',
    retryLimit: 0,
    expireInSeconds: 600,
    heartbeatSeconds: SILENT_SECONDS,
    retentionSeconds: 60,
    deleteAfterSeconds: 60,
  })
  const workers: string[] = []
  for (let i = 0; i < PULSES_AT_ONCE; i += 1)
    workers.push(
      await boss.work<object>(PULSE_QUEUE, { pollingIntervalSeconds: 2 }, async (jobs) => {
        for (const { data } of jobs) await perform(data)
      }),
    )
  return workers
}
