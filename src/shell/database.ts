import { MikroORM } from '@mikro-orm/core'
import { Migrator } from '@mikro-orm/migrations'
import { PgliteDriver } from '@mikro-orm/pglite'
import { type EntityManager, PostgreSqlDriver } from '@mikro-orm/postgresql'
import { migrations } from '../../migrations/index.ts'
import { lockFolder } from './folder-lock.ts'
import { keepPlans } from './prepared.ts'

export type Database = {
  readonly kind: 'embedded' | 'server'
  /** A fresh entity manager: an identity map and a transaction of its own. */
  readonly fork: () => EntityManager
  /** Brings the schema up to date and returns the names of the migrations that were run. */
  readonly migrate: () => Promise<readonly string[]>
  readonly close: () => Promise<void>
  readonly orm: MikroORM
}

type Rows = NonNullable<Parameters<typeof MikroORM.init>[0]>['entities']

/**
 * The same code on both: PostgreSQL where a url is given, else PostgreSQL inside this process, kept in a folder
 * (`memory://` keeps it nowhere), which nobody else may have open. Every session runs in UTC, so that a timestamp's text
 * means one thing.
 */
export async function openDatabase(where: {
  url: string | null
  dataDir: string
  rows: NonNullable<Rows>
  poolMax?: number
}): Promise<Database> {
  const common = {
    entities: [...where.rows],
    extensions: [Migrator],
    migrations: { migrationsList: migrations, snapshot: false, silent: true },
    discovery: { warnWhenNoEntities: false },
    logger: () => {},
  }
  const lock = where.url === null && !where.dataDir.startsWith('memory:') ? lockFolder(where.dataDir) : null
  const opening: Promise<unknown> =
    where.url === null
      ? MikroORM.init({ ...common, driver: PgliteDriver, dbName: where.dataDir })
      : MikroORM.init({
          ...common,
          driver: PostgreSqlDriver,
          clientUrl: where.url,
          pool: { min: 0, max: where.poolMax ?? 10 },
          driverOptions: { options: '-c TimeZone=UTC', application_name: 'regulars', onPoolCreated: keepPlans },
        })
  const orm = (await opening.catch((error: unknown) => {
    lock?.release()
    throw error
  })) as MikroORM
  if (where.url === null) await orm.em.getConnection().execute("set time zone 'UTC'")
  const kind = where.url === null ? 'embedded' : 'server'
  return {
    kind,
    fork: () => orm.em.fork() as unknown as EntityManager,
    migrate: () => migrate(orm, kind),
    close: async () => {
      await orm.close()
      lock?.release()
    },
    orm,
  }
}

/** Two processes that start at once must not both migrate: whoever comes second waits, then finds nothing to do. */
const MIGRATION_LOCK = 7_281_446

async function migrate(orm: MikroORM, kind: Database['kind']): Promise<readonly string[]> {
  const run = async () => (await (orm.migrator as unknown as Migrator).up()).map((migration) => migration.name)
  // The embedded database is one process's alone, and a lock held there would wait for itself.
  if (kind === 'embedded') return run()
  const em = orm.em.fork() as unknown as EntityManager
  return em.transactional(async (tx) => {
    await tx.execute('select pg_advisory_xact_lock(?)', [MIGRATION_LOCK])
    return run()
  })
}
