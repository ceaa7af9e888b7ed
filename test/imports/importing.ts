import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parse } from 'csv-parse/sync'
import { formatNamed } from '../../src/imports/format.rules.ts'
import type { ImportSummary } from '../../src/imports/import.model.ts'
import { importOrders } from '../../src/imports/import.service.ts'
import { readMapping } from '../../src/imports/mapping.rules.ts'
import { rowsOf, sql } from '../../src/shell/sql.ts'
import { keptOtherwise } from '../harness/checkout.ts'
import type { TestShop } from '../harness/shop.ts'

export type Imported = {
  readonly summary: ImportSummary
  /** The rejected rows as their file has them: line, reason, and the row's own cells. */
  readonly rejects: readonly string[][]
  /** The whole file of rejects, to be mended and imported. */
  readonly rejectsText: string
}

export type How = {
  readonly map?: object
  readonly format?: 'regulars' | 'taobao' | 'shopify'
  readonly dryRun?: boolean
  readonly encoding?: string
}

/** Imports a file of the fixtures, or a text or bytes as a file, into the shop. Throws where the import is refused. */
export async function importInto(
  shop: TestShop,
  file: string | Uint8Array | { readonly fixture: string },
  how: How = {},
): Promise<Imported> {
  const answer = await tryImport(shop, file, how)
  if (typeof answer === 'string') throw new Error(answer)
  return answer
}

/** The same; a refusal is its sentence. */
export async function tryImport(
  shop: TestShop,
  file: string | Uint8Array | { readonly fixture: string },
  how: How = {},
): Promise<Imported | string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'regulars-import-'))
  try {
    const own = path.join(folder, 'orders.csv')
    const given = typeof file === 'string' || file instanceof Uint8Array ? file : null
    if (given !== null) await writeFile(own, given)
    const source = given === null ? path.join(import.meta.dirname, 'fixtures', (file as { fixture: string }).fixture) : own
    const rejectsPath = path.join(folder, 'rejects.csv')
    const answer = await importOrders(
      shop.app.database,
      shop.world(),
      { path: source, mapping: mappingOf(how), encoding: how.encoding ?? null },
      { dryRun: how.dryRun ?? false, rejectsPath },
    )
    if (!answer.ok) return answer.problem.message
    const wrong = await rowsOf(shop.world().em, keptOtherwise(shop))
    if (wrong.length > 0) throw new Error(`units of orders are not those of their lines: ${JSON.stringify(wrong)}`)
    const rejectsText = existsSync(rejectsPath) ? await readFile(rejectsPath, 'utf8') : ''
    const rows: string[][] = parse(rejectsText, { bom: true, relax_column_count: true })
    return { summary: answer.value, rejects: rows.slice(1), rejectsText }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function mappingOf({ map, format }: How) {
  if (format !== undefined) return formatNamed(format)
  if (map === undefined) return null
  const mapping = readMapping(map)
  if (!mapping.ok) throw new Error(mapping.problem.message)
  return mapping.value
}

/** Our own format, from rows as objects; columns that no row has are left out. */
export function ownFile(...rows: readonly Readonly<Record<string, string | number>>[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const quoted = (cell: string | number) => (/[",\n]/.test(String(cell)) ? `"${String(cell).replaceAll('"', '""')}"` : String(cell))
  return [columns, ...rows.map((row) => columns.map((column) => quoted(row[column] ?? '')))].map((cells) => `${cells.join(',')}\n`).join('')
}

/** A row of our own format: 2 of sku A at 10.00, by mei, with what differs. */
export const row = (order_id: string, more: Readonly<Record<string, string | number>> = {}) => ({
  order_id,
  placed_at: '2026-03-01 10:00',
  customer_id: 'mei',
  sku: 'A',
  quantity: 2,
  unit_price: '10.00',
  ...more,
})

const ORDER = 'externalId placedAt status channel total customer { externalId } lines { id sku quantity returnedQuantity unitPrice total }'

/** The shop's orders by external id, as staff see them. */
export async function ordersIn(shop: TestShop): Promise<Record<string, { total: number; [field: string]: unknown }>> {
  const { orders } = await shop.admin(`{ orders(first: 100) { nodes { ${ORDER} } } }`)
  return Object.fromEntries(orders.nodes.map(({ externalId, ...order }: { externalId: string; total: number }) => [externalId, order]))
}

const CUSTOMER = `name email emailVerified phone country city source registeredAt identities { kind value verified }
  statistics { numberOfOrders amountSpent firstOrderAt lastOrderAt }`

export async function customerIn(shop: TestShop, externalId: string) {
  return (await shop.admin(`query ($id: String!) { customer(ref: { externalId: $id }) { ${CUSTOMER} } }`, { id: externalId })).customer
}

/** Everything that an import can write, to see whether anything changed. */
export async function everythingIn(shop: TestShop): Promise<string> {
  const { em, shopId } = shop.world()
  const tables = ['customer', 'customer_identity', 'shop_order', 'order_line', 'customer_statistics', 'audit_entry']
  const all: unknown[] = []
  for (const table of tables)
    all.push(
      await rowsOf(em, sql`select to_jsonb(t) as row from ${sql.table(table)} t where shop_id = ${shopId} order by to_jsonb(t)::text`),
    )
  return JSON.stringify(all)
}
