import { expect, test } from 'vitest'
import { rowsOf, sql } from '../../src/shell/sql.ts'
import { theNode } from '../harness/node.ts'

type Column = { readonly table: string; readonly column: string; readonly type: string; readonly nullable: boolean }

/** The ORM's own list of what was run. */
const NOT_OURS = ['mikro_orm_migrations']

/** What spans shops, by name and why. */
const WITHOUT_SHOP: Readonly<Record<string, string>> = {
  shop_pkey: 'a shop is what the others belong to',
  shop_code_key: "a shop's code is unique over all",
  access_key_secret_hash_key: 'a key is found by its secret before its shop is known',
}

test('the tables that the migrations make are those that the rows map, column by column', async () => {
  const made = (await columnsMade()).map(line).sort()
  const mapped = (await columnsMapped()).map(line).sort()
  expect(mapped.filter((column) => !made.includes(column))).toEqual([])
  expect(made.filter((column) => !mapped.includes(column))).toEqual([])
})

test('every table carries the shop, and every key and index begins with it', async () => {
  const { database } = await theNode()
  const indexes = await rowsOf<{ table: string; name: string; first: string | null }>(
    database.fork(),
    sql`select t.relname as "table", i.relname as name, a.attname as first
        from pg_index x
        join pg_class t on t.oid = x.indrelid
        join pg_class i on i.oid = x.indexrelid
        join pg_namespace n on n.oid = t.relnamespace and n.nspname = 'public'
        left join pg_attribute a on a.attrelid = t.oid and a.attnum = x.indkey[0]
        order by 1, 2`,
  )
  const stray = indexes.filter(({ table, name, first }) => first !== 'shop_id' && !NOT_OURS.includes(table) && !(name in WITHOUT_SHOP))
  expect(stray).toEqual([])
  const tables = new Set((await columnsMade()).map(({ table }) => table))
  const withShop = new Set((await columnsMade()).filter(({ column }) => column === 'shop_id').map(({ table }) => table))
  expect([...tables].filter((table) => !withShop.has(table))).toEqual(['shop'])
  for (const table of tables) expect(indexes.some((index) => index.table === table && index.name === `${table}_pkey`)).toBe(true)
})

test('no exception is kept for an index that is gone', async () => {
  const { database } = await theNode()
  const names = (
    await rowsOf<{ name: string }>(database.fork(), sql`select indexname as name from pg_indexes where schemaname = 'public'`)
  ).map(({ name }) => name)
  expect(Object.keys(WITHOUT_SHOP).filter((name) => !names.includes(name))).toEqual([])
})

const line = ({ table, column, type, nullable }: Column) => `${table}.${column} ${type}${nullable ? '' : ' not null'}`

async function columnsMade(): Promise<Column[]> {
  const { database } = await theNode()
  const columns = await rowsOf<Column>(
    database.fork(),
    sql`select c.relname as "table", a.attname as "column", format_type(a.atttypid, null) as type, not a.attnotnull as nullable
        from pg_attribute a
        join pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'p')
        join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
        where a.attnum > 0 and not a.attisdropped
        order by 1, a.attnum`,
  )
  return columns.filter(({ table }) => !NOT_OURS.includes(table))
}

async function columnsMapped(): Promise<Column[]> {
  const { database } = await theNode()
  return [...database.orm.getMetadata().getAll().values()].flatMap(({ tableName, properties }) =>
    Object.values(properties)
      .filter(({ persist }) => persist !== false)
      .map((property) => ({
        table: tableName,
        column: String(property.fieldNames[0]),
        type: fullName(String(property.columnTypes[0])),
        nullable: property.nullable ?? false,
      })),
  )
}

/** The ORM's name of a type as PostgreSQL gives it. */
function fullName(type: string): string {
  const bare = type.replace(/\(\d+\)/, '')
  const names: Readonly<Record<string, string>> = {
    int: 'integer',
    serial: 'integer',
    timestamptz: 'timestamp with time zone',
    'int[]': 'integer[]',
    float: 'real',
    double: 'double precision',
  }
  return names[bare] ?? bare
}
