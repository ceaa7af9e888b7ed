import type { TestProject } from 'vitest/node'
import { until } from './people.mts'
import { openShop, scratchDatabase } from './shop.mts'

declare module 'vitest' {
  interface ProvidedContext {
    template: string
  }
}

let drop = async () => {}

/** Fills a shop once; each test file has a copy of its database. */
export async function setup(project: Pick<TestProject, 'provide'>) {
  const filled = await filledDatabase()
  drop = filled.drop
  project.provide('template', filled.database)
}

export const teardown = () => drop()

export async function filledDatabase(): Promise<{ database: string; drop: () => Promise<void> }> {
  const { url, database, drop } = await scratchDatabase('regulars_vendure')
  const shop = await openShop({ databaseUrl: url, regulars: { endpoint: 'http://127.0.0.1:1/storefront/graphql', key: 'nobody is there' } })
  const visitor = shop.visitor()
  await until(
    () => visitor<{ search: { totalItems: number } }>('{ search(input: { groupByProduct: false }) { totalItems } }'),
    ({ search }) => search.totalItems === 24,
  )
  await shop.stop()
  return { database, drop }
}
