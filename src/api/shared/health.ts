import type { FastifyInstance } from 'fastify'
import type { Database } from '../../shell/database.ts'
import { rowsOf, sql } from '../../shell/sql.ts'
import { requestError } from './errors.ts'
import type { Metrics } from './metrics.ts'

const ANSWER_WITHIN_MS = 2_000

/** For whoever runs the process: that it lives, that it can serve, and what it counts. */
export function serveHealth(fastify: FastifyInstance, database: Database, metrics: Metrics): void {
  fastify.get('/healthz', async () => 'ok\n')
  fastify.get('/readyz', async () => {
    if (!(await answers(database))) throw requestError('NOT_READY', 'The database does not answer.', 503)
    return 'ready\n'
  })
  fastify.get('/metrics', async (_, reply) => reply.type(metrics.contentType).send(await metrics.text()))
}

/** A database that hangs is as little use as one that is gone. */
async function answers(database: Database): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ANSWER_WITHIN_MS)
  })
  const asked = async () => {
    await rowsOf(database.fork(), sql`select 1`)
    return true
  }
  return Promise.race([asked().catch(() => false), late]).finally(() => clearTimeout(timer))
}
