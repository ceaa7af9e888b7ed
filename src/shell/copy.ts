import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import type { PGlite, Transaction } from '@electric-sql/pglite'
import type { EntityManager } from '@mikro-orm/postgresql'
import { type ControlledTransaction, Kysely, type PGlite as KyselyPGlite, PGliteDialect, PostgresDialect, type PostgresPool } from 'kysely'
import type { Pool, PoolClient } from 'pg'
import { type CopyStreamQuery, from } from 'pg-copy-streams'
import type { Result } from '../kernel/result.ts'
import type { Database } from './database.ts'
import { Endings, type World } from './world.ts'

/** Takes rows into a table by COPY, in the transaction that it was opened in. */
export type CopyIn = (table: string, columns: readonly string[]) => CopyStream

export type CopyStream = {
  /** Rows as `copyRow` writes them. Answers when the next ones may come. */
  readonly write: (rows: string) => Promise<void>
  readonly end: () => Promise<void>
}

/** One row in COPY's text form. */
export function copyRow(cells: readonly (string | number | null)[]): string {
  let row = ''
  for (let i = 0; i < cells.length; i += 1) {
    const cell = cells[i]
    const text = cell === null || cell === undefined ? '\\N' : typeof cell === 'number' ? String(cell) : escaped(cell)
    row += i === 0 ? text : `\t${text}`
  }
  return `${row}\n`
}

const escaped = (text: string) => (/[\\\t\n\r]/.test(text) ? text.replace(/[\\\t\n\r]/g, (sign) => ESCAPES[sign] ?? sign) : text)
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

/**
 * `transact`, for an act that takes rows in by COPY. MikroORM keeps the connection of its transactions to itself and COPY
 * must run on the very same one, so the transaction is begun here and handed to an entity manager. `keep: false` undoes
 * even what was accepted.
 */
export async function transactWithCopy<T, P>(
  database: Database,
  world: World,
  keep: boolean,
  act: (world: World, copyIn: CopyIn) => Promise<Result<T, P>>,
): Promise<Result<T, P>> {
  const connection = await connect(database)
  const transaction = await connection.kysely.startTransaction().execute()
  const endings = new Endings()
  let answer: Result<T, P>
  try {
    const em = database.fork()
    em.setTransactionContext(transaction)
    const { shopId, actor, now, memory } = world
    answer = await act({ shopId, actor, now, memory, em, ...endings.hooks }, connection.copyIn)
    if (answer.ok && keep) await endings.before()
    await (answer.ok && keep ? transaction.commit() : transaction.rollback()).execute()
    connection.release()
  } catch (error) {
    await connection.abandon(transaction)
    throw error
  }
  if (answer.ok && keep) endings.after()
  return answer
}

type Connection = {
  readonly kysely: ReturnType<EntityManager['getKysely']>
  readonly copyIn: CopyIn
  readonly release: () => void
  /** Undoes the transaction, whatever was under way in it. */
  readonly abandon: (transaction: ControlledTransaction<unknown>) => Promise<void>
}

async function connect(database: Database): Promise<Connection> {
  const native = await (database.orm.em.getConnection() as unknown as { getNativeClient: () => Promise<Pool | PGlite> }).getNativeClient()
  return database.kind === 'server' ? onServer(await (native as Pool).connect()) : embedded(native as PGlite)
}

function onServer(client: PoolClient): Connection {
  const only = { query: client.query.bind(client), release: () => {} }
  const pool = { connect: async () => only, end: async () => {}, options: {} } as unknown as PostgresPool
  return {
    kysely: new Kysely({ dialect: new PostgresDialect({ pool }) }) as Connection['kysely'],
    copyIn: (table, columns) => streamed(client.query(from(copyFrom('STDIN', table, columns)))),
    release: () => client.release(),
    // A COPY under way would keep the connection from hearing of a rollback: it is closed, which undoes all.
    abandon: async () => client.release(true),
  }
}

function streamed(stream: CopyStreamQuery): CopyStream {
  const ended = finished(stream)
  // Whoever writes or ends is told of a failure; nobody else need be.
  ended.catch(() => {})
  return {
    write: async (rows) => {
      if (!stream.write(rows)) await Promise.race([once(stream, 'drain'), ended])
    },
    end: async () => {
      stream.end()
      await ended
    },
  }
}

/** The embedded database reads COPY from a file only; /dev/blob is what comes with the statement, so each write is a COPY of its own. */
function embedded(pglite: PGlite): Connection {
  let current: Transaction | null = null
  const transaction = <T>(act: (tx: Transaction) => Promise<T>) =>
    pglite.transaction((tx) => {
      current = tx
      return act(tx)
    })
  const query: PGlite['query'] = (...statement) => (current ?? pglite).query(...statement)
  const only = {
    query,
    transaction,
    close: async () => {},
    closed: false,
    ready: true,
    waitReady: Promise.resolve(),
  } as unknown as KyselyPGlite
  return {
    kysely: new Kysely({ dialect: new PGliteDialect({ pglite: only }) }) as Connection['kysely'],
    copyIn: (table, columns) => ({
      write: async (rows) => {
        await query(copyFrom("'/dev/blob'", table, columns), [], { blob: new Blob([rows]) })
      },
      end: async () => {},
    }),
    release: () => {},
    abandon: async (transaction) => void (await transaction.rollback().execute()),
  }
}

/** The names are written in the program; none comes from outside. */
const copyFrom = (source: string, table: string, columns: readonly string[]) => `copy ${table} (${columns.join(', ')}) from ${source}`
