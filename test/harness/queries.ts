import { PGlite } from '@electric-sql/pglite'
import pg from 'pg'
import type { App } from '../../src/app.ts'

/**
 * How many statements an act sends to the database, those that begin and end its transactions included. Whoever counts
 * must be alone on the node: everything that it sends meanwhile is counted.
 */
export async function statementsIn(app: App, act: () => Promise<unknown>): Promise<number> {
  const owner: { query: (...given: never[]) => unknown } = app.database.kind === 'server' ? pg.Client.prototype : PGlite.prototype
  const query = owner.query
  let count = 0
  owner.query = function (this: unknown, ...given: never[]) {
    count += 1
    return query.apply(this, given)
  }
  try {
    await act()
  } finally {
    owner.query = query
  }
  return count
}
