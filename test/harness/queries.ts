import { DefaultQueryExecutor } from 'kysely'

type Executor = { executeQuery: (...given: unknown[]) => unknown }

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
    count += 1
    return execute.apply(this, given)
  }
  try {
    await act()
  } finally {
    executor.executeQuery = execute
  }
  return count
}
