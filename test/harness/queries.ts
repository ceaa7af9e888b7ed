import { DefaultQueryExecutor } from 'kysely'

type Executor = { executeQuery: (...given: unknown[]) => unknown }

/** What a process remembers for 0.9 s: whether it is read once more hangs on how slow the machine is, and not on what is counted. */
const REMEMBERED = /^\s*select\b[\s\S]*\bfrom "?(?:access_key|price_book|shop|tier)\b(?![\s\S]*\bfor (?:share|update)\b)/i

/**
 * How many statements an act sends to the database, on a server and embedded, besides those that begin and end its
 * transactions. Whoever counts must be alone in the process: everything that is sent meanwhile is counted.
 */
export async function statementsIn(act: () => Promise<unknown>): Promise<number> {
  // All that the house asks the database goes through one of these.
  const executor = DefaultQueryExecutor.prototype as unknown as Executor
  const execute = executor.executeQuery
  let count = 0
  executor.executeQuery = function (this: unknown, ...given) {
    const [{ sql }] = given as [{ sql: string }]
    if (!REMEMBERED.test(sql)) count += 1
    return execute.apply(this, given)
  }
  try {
    await act()
  } finally {
    executor.executeQuery = execute
  }
  return count
}
