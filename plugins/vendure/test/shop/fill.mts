import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  bootstrap,
  ChannelService,
  CurrencyCode,
  type InitialData,
  LanguageCode,
  RequestContextService,
  type VendureConfig,
} from '@vendure/core'
import { importProductsFromCsv, populateCollections, populateInitialData } from '@vendure/core/cli/index.js'
import { Client } from 'pg'

/** Prices in yuan; odd ones, so that percentages have to be rounded. 24 products, ten of each last for a page of 20. */
const NAMES = ['Robot arm', 'Oscilloscope', 'Bench supply', 'Soldering iron', 'Logic analyser', 'Stepper motor', 'Servo', 'Sensor kit']
export const PRODUCTS = Array.from({ length: 24 }, (_, i) => ({
  sku: `SKU-${String(i + 1).padStart(2, '0')}`,
  name: `${NAMES[i % NAMES.length]} ${Math.floor(i / NAMES.length) + 1}`,
  price: [99.99, 333.33, 47.77, 19.99, 1234.56, 7.05, 3.33, 58.9][i % 8] ?? 10,
}))

const initialData: InitialData = {
  defaultLanguage: LanguageCode.en,
  defaultZone: 'Asia',
  countries: [
    { name: 'China', code: 'CN', zone: 'Asia' },
    { name: 'Germany', code: 'DE', zone: 'Europe' },
  ],
  taxRates: [{ name: 'Standard Tax', percentage: 13 }],
  shippingMethods: [{ name: 'Standard Shipping', price: 800 }],
  paymentMethods: [
    { name: 'test', handler: { code: 'test-payment', arguments: [] } },
    { name: 'slow', handler: { code: 'dummy-payment-handler', arguments: [{ name: 'automaticSettle', value: 'false' }] } },
  ],
  roles: [],
  collections: [
    { name: 'Electronics', filters: [{ code: 'facet-value-filter', args: { facetValueNames: ['electronics'], containsAny: false } }] },
  ],
}

export async function isEmpty(databaseUrl: string): Promise<boolean> {
  const client = new Client(databaseUrl)
  await client.connect()
  const { rows } = await client.query("select to_regclass('product') is null as empty")
  await client.end()
  return rows[0].empty
}

export async function fill(config: VendureConfig): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'regulars-vendure-'))
  const file = path.join(folder, 'products.csv')
  const header =
    'name,slug,description,assets,facets,optionGroups,optionValues,sku,price,taxCategory,stockOnHand,trackInventory,variantAssets,variantFacets'
  const rows = PRODUCTS.map(
    ({ sku, name, price }) =>
      `${name},${sku.toLowerCase()},${name},,category:electronics|brand:acme,,,${sku},${price},standard,1000,false,,`,
  )
  await writeFile(file, [header, ...rows].join('\n'))
  const app = await bootstrap(config)
  const ctx = await app.get(RequestContextService).create({ apiType: 'admin' })
  const { id } = ctx.channel
  // A Chinese shop: yuan, and prices that hold the tax.
  const yuan = { defaultCurrencyCode: CurrencyCode.CNY, availableCurrencyCodes: [CurrencyCode.CNY], pricesIncludeTax: true }
  await app.get(ChannelService).update(ctx, { id, ...yuan })
  await populateInitialData(app, initialData)
  await importProductsFromCsv(app, file, LanguageCode.en)
  await populateCollections(app, initialData)
  await app.close()
}
