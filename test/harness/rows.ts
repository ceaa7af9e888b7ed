import { rowsOf, sql } from '../../src/shell/sql.ts'
import type { TestShop } from './shop.ts'

/** Every row of every table that is a shop's, as text, each after its table's name. */
export async function rowsOfShop(of: Pick<TestShop, 'world'>): Promise<string[]> {
  const { em, shopId } = of.world()
  const tables = await rowsOf<{ name: string }>(
    em,
    sql`select distinct table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'shop_id' order by 1`,
  )
  const rows = tables.map(
    ({ name }) => sql`select ${name}::text as "table", to_jsonb(t)::text as "row" from ${sql.table(name)} t where shop_id = ${shopId}`,
  )
  const all = await rowsOf<{ table: string; row: string }>(em, sql`${sql.join(rows, sql` union all `)} order by 1, 2`)
  return all.map(({ table, row }) => `${table} ${row}`)
}

/** The same as one text, but for when a key was last used, which is noted now and then whoever asks. */
export const everythingOf = async (of: Pick<TestShop, 'world'>): Promise<string> =>
  (await rowsOfShop(of)).map((row) => row.replace(/"last_used_at": "[^"]*"|"last_used_at": null/, '')).join('\n')
