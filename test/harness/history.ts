import { rowsOf, sql } from '../../src/shell/sql.ts'
import type { TestShop } from './shop.ts'

// Publications that are set for an instant, in a line each.

// biome-ignore lint/suspicious/noExplicitAny: answers are looked at by tests, field by field
type Answer = any

const PUBLICATION = '{ id at state rules { code version } settledAt bookVersion problem }'
export const SCHEDULE = `mutation ($codes: [String!]!, $at: DateTime!) { schedulePublication(codes: $codes, at: $at) ${PUBLICATION} }`
export const CANCEL = `mutation ($id: ID!) { cancelPublication(id: $id) ${PUBLICATION} }`
export const RESTORE =
  'mutation ($code: String!, $version: Int!, $expected: Int) { restoreVersion(code: $code, version: $version, expectedVersion: $expected) }'

export const FAR = '2199-01-01T00:00:00.000Z'

export const schedule = async (shop: TestShop, at: string, ...codes: readonly string[]): Promise<Answer> =>
  (await shop.admin(SCHEDULE, { codes, at })).schedulePublication
export const publications = async (shop: TestShop): Promise<Answer[]> =>
  (await shop.admin(`{ scheduledPublications { nodes ${PUBLICATION} } }`)).scheduledPublications.nodes
export const restore = async (shop: TestShop, code: string, version: number): Promise<number> =>
  (await shop.admin(RESTORE, { code, version })).restoreVersion

/** The instant of a publication is moved: no clock is waited for. Who remembers the book still thinks of the old one. */
export async function moveTo(shop: TestShop, id: string, at: Date): Promise<void> {
  const { em, shopId } = shop.world()
  await rowsOf(
    em,
    sql`update scheduled_publication set effective_at = ${at.toISOString()}::timestamptz where shop_id = ${shopId} and id = ${id}::uuid`,
  )
  await rowsOf(
    em,
    sql`update price_book set next_publication_at =
          (select min(effective_at) from scheduled_publication where shop_id = ${shopId} and state = 'SCHEDULED') where shop_id = ${shopId}`,
  )
}
