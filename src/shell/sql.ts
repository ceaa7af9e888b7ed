import type { EntityManager } from '@mikro-orm/postgresql'
import { type RawBuilder, sql } from 'kysely'
import { type Instant, instant } from '../kernel/clock.ts'

export { sql }

/**
 * Runs one statement on the entity manager's connection (inside its transaction, if it is in one) and returns the rows as
 * the driver gives them: bigint may come as text and timestamps do (see `toInstant`, `Number`).
 */
export async function rowsOf<Row>(em: EntityManager, statement: RawBuilder<unknown>): Promise<Row[]> {
  const result = await statement.execute(em.getKysely())
  return result.rows as Row[]
}

export async function rowOf<Row>(em: EntityManager, statement: RawBuilder<unknown>): Promise<Row | null> {
  return (await rowsOf<Row>(em, statement))[0] ?? null
}

/** A set of rows as one bound parameter, to be unfolded with jsonb_to_recordset: one statement however many rows. */
export const asJson = (document: object) => sql`${JSON.stringify(document)}::jsonb`

/** A list as one bound array parameter. */
export const asTexts = (values: readonly string[]) => sql`${values as string[]}::text[]`
export const asUuids = (values: readonly string[]) => sql`${values as string[]}::uuid[]`

/** PostgreSQL's text of a timestamptz in a UTC session ("2026-01-01 00:00:00+00") as an instant. */
export const toInstant = (text: string | Date): Instant =>
  instant(text instanceof Date ? text : Date.parse(`${text.replace(' ', 'T').replace(/\+00$/, '')}Z`))

export const toInstantOrNull = (text: string | Date | null): Instant | null => (text === null ? null : toInstant(text))

/** An instant as a bound timestamptz. */
export const atInstant = (at: Instant) => sql`${new Date(at).toISOString()}::timestamptz`
export const atInstantOrNull = (at: Instant | null) => sql`${at === null ? null : new Date(at).toISOString()}::timestamptz`

/** A new id for each row of a statement that makes more rows than should pass through here; of version 7, as `newId` makes them. */
export function newIds(now: Instant) {
  const time = now.toString(16).padStart(12, '0')
  return sql`(${`${time.slice(0, 8)}-${time.slice(8)}-7`}::text || substr(gen_random_uuid()::text, 16))::uuid`
}

/** The database's clock, read once a statement: read once a row, as it otherwise would be, it could not be looked up in an index. */
export const CLOCK = sql`(select clock_timestamp())`

/** The constraint that a write broke, or null when the error is something else. */
export function brokenConstraint(error: unknown): string | null {
  const { code, constraint } = (error ?? {}) as { code?: unknown; constraint?: unknown }
  return typeof code === 'string' && code.startsWith('23') && typeof constraint === 'string' ? constraint : null
}

/** SQL that was compiled elsewhere, as text around bound values (src/query/fragment.ts), to be run here. */
export const fromFragment = (fragment: { readonly strings: readonly string[]; readonly values: readonly unknown[] }): RawBuilder<unknown> =>
  sql(Object.assign([...fragment.strings], { raw: fragment.strings }), ...fragment.values)
