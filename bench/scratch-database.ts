import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { type Database, openDatabase } from '../src/shell/database.ts'
import { PriceBookRow, PriceBookVersionRow } from '../src/shops/book-version.row.ts'
import { ShopRow } from '../src/shops/shop.row.ts'
import { TierRow } from '../src/tiers/tier.row.ts'

/** What shops and tiers are made of; all else is written in SQL. The registry cannot be read here: it knows the API's decorators. */
const ROWS = [ShopRow, PriceBookRow, PriceBookVersionRow, TierRow]

/** Measures on a database of its own, made on the server that DATABASE_URL names and dropped again whatever happens. */
export async function onScratchDatabase(purpose: string, measure: (database: Database, url: string) => Promise<void>): Promise<void> {
  const url = process.env.DATABASE_URL
  if (url === undefined) throw new Error('DATABASE_URL names the server')
  const name = `${purpose}_${randomBytes(4).toString('hex')}`
  const onServer = async (statement: string) => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    await client.query(statement).finally(() => client.end())
  }
  await onServer(`create database ${name}`)
  const own = Object.assign(new URL(url), { pathname: `/${name}` })
  const database = await openDatabase({ url: own.toString(), dataDir: '', rows: ROWS })
  try {
    await database.migrate()
    await measure(database, own.toString())
  } finally {
    await database.close()
    await onServer(`drop database ${name} with (force)`)
  }
}
