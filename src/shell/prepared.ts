import type { EntityManager } from '@mikro-orm/postgresql'
import type { RawBuilder } from 'kysely'

// A checkout is some thirty statements, each asked again and again with other values; to plan them anew each time costs the
// database more than to answer. These are prepared: each connection plans them once under a name, and keeps the plan.

const NAMES = new Map<string, string>()

/** As rowsOf, prepared. Only for a statement whose text is the same each time, and whose best plan does not hang on its values. */
export async function preparedRowsOf<Row>(em: EntityManager, statement: RawBuilder<unknown>): Promise<Row[]> {
  const kysely = em.getKysely()
  const query = statement.compile(kysely)
  if (!NAMES.has(query.sql)) NAMES.set(query.sql, `regulars_${NAMES.size}`)
  const result = await kysely.executeQuery<Row>(query)
  return result.rows
}

export async function preparedRowOf<Row>(em: EntityManager, statement: RawBuilder<unknown>): Promise<Row | null> {
  return (await preparedRowsOf<Row>(em, statement))[0] ?? null
}

// biome-ignore lint/suspicious/noExplicitAny: the driver's own, with all the forms that its arguments can have
type Client = { query: (...args: any[]) => any }
type Pool = { readonly on: (event: 'connect', then: (client: Client) => void) => unknown }

/** Has each connection of a server's pool keep the plans of prepared statements. The embedded database has none of this. */
export function keepPlans(pool: Pool): void {
  pool.on('connect', (client) => {
    const query = client.query.bind(client)
    client.query = (text, values, ...more) => {
      const name = typeof text === 'string' ? NAMES.get(text) : undefined
      return name === undefined ? query(text, values, ...more) : query({ name, text, values }, ...more)
    }
  })
}
