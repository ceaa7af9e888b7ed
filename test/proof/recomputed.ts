import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { PGlite } from '@electric-sql/pglite'

/** A figure: numbers by what they are of. */
export type Figure = ReadonlyMap<string, number>
export type Finding = { readonly finding: string; readonly value: string }

export type Recomputed = {
  /** By name, without figure_. */
  readonly figures: ReadonlyMap<string, Figure>
  /** Each customer's scores, group, state and whose rhythm; and that rhythm's m and q. */
  readonly customers: ReadonlyMap<string, readonly [standing: string, m: number, q: number]>
  readonly shopRhythm: { readonly medianDays: number; readonly p90Days: number }
  /** By name, without rhythm_. */
  readonly findings: ReadonlyMap<string, readonly Finding[]>
}

const LOADED = '-- ==== loaded ====\n'
const sqlIn = (name: string) => readFile(path.join(import.meta.dirname, name), 'utf8')

/** What online-retail.sql and own-rhythm.sql make of the rows of a file, in a PostgreSQL of its own that the product never sees. */
export async function recompute(file: Uint8Array): Promise<Recomputed> {
  const db = await PGlite.create()
  try {
    const [begin = '', rest = ''] = (await sqlIn('online-retail.sql')).split(LOADED)
    await db.exec(begin)
    const rows = file[0] === 0x1f && file[1] === 0x8b ? gunzipSync(file) : file
    await db.query("copy raw from '/dev/blob' with (format csv, header)", [], { blob: new Blob([new Uint8Array(rows)]) })
    await db.exec(rest)
    await db.exec(await sqlIn('own-rhythm.sql'))
    const views = await namesOf(db)
    const customers = await db.query<{ customer: string; standing: string; rhythm_m: number; rhythm_q: number }>('select * from customers')
    const rhythm = await db.query<{ m: number; q: number }>('select r.m1 as m, r.q1 as q from shop_rhythm w, rhythm(w.m, w.q) r')
    const [shop] = rhythm.rows
    if (shop === undefined) throw new Error('no rhythm of the shop')
    return {
      figures: new Map(await inTurn(views, 'figure_', async (view) => figureOf(db, view))),
      customers: new Map(customers.rows.map((row) => [row.customer, [row.standing, row.rhythm_m, row.rhythm_q]])),
      shopRhythm: { medianDays: shop.m, p90Days: shop.q },
      findings: new Map(await inTurn(views, 'rhythm_', async (view) => (await db.query<Finding>(`select * from ${view}`)).rows)),
    }
  } finally {
    await db.close()
  }
}

async function namesOf(db: PGlite): Promise<string[]> {
  const { rows } = await db.query<{ name: string }>(
    "select table_name as name from information_schema.views where table_schema = 'public' order by 1",
  )
  return rows.map(({ name }) => name)
}

async function figureOf(db: PGlite, view: string): Promise<Figure> {
  const { rows } = await db.query<{ key: string; value: number }>(`select key, value::double precision as value from ${view}`)
  return new Map(rows.map(({ key, value }) => [key, value]))
}

async function inTurn<T>(views: readonly string[], prefix: string, read: (view: string) => Promise<T>): Promise<[string, T][]> {
  const found: [string, T][] = []
  for (const view of views) if (view.startsWith(prefix)) found.push([view.slice(prefix.length), await read(view)])
  return found
}
