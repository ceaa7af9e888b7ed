import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openApp } from '../../src/app.ts'
import { instant } from '../../src/kernel/clock.ts'
import { openTestDatabase } from '../harness/database.ts'
import { quietConfig } from '../harness/node.ts'
import { openTestShop } from '../harness/shop.ts'
import { AS_OF, type Asked, askAll, takeIn } from './asked.ts'
import { madeUp } from './made-up.ts'
import { type Figure, type Recomputed, recompute } from './recomputed.ts'

// What the shop's figures are: by the product, through the admin API of a server whose clock stands at midnight of
// 2011-12-10; and by SQL on the raw rows of the same file, which shares nothing with it. `npm run prove:figures -- FILE` does so
// with UCI Online Retail and prints both; without it a made-up file of the same form stands in.

const FILE = process.env.REGULARS_SAMPLE_FILE
const PRINTED = process.env.FIGURES === 'printed'
const FIGURES = [
  'shop',
  'orders_per_customer',
  'order_value',
  'interval_days',
  'best_fifth',
  'repeat',
  'diagnosis',
  'cohorts',
  'new_and_returning',
  'weekday_hour',
  'rfm_grid',
  'rfm_groups',
  'lifecycle',
  'lifecycle_by_one_rhythm',
  'best_fifth_both_ways',
  'tiers_by_yearly_spend',
  'tiers_by_importance',
  'segments',
] as const
const LONG = 900_000

describe('of a made-up file', () => {
  compared(async (folder) => {
    const file = path.join(folder, 'made-up.csv')
    await writeFile(file, madeUp())
    return file
  }, false)
})

describe.skipIf(FILE === undefined)('of UCI Online Retail (with REGULARS_SAMPLE_FILE)', () => {
  compared(async () => path.resolve(process.env.INIT_CWD ?? '', FILE ?? ''), PRINTED)
})

function compared(fileIn: (folder: string) => Promise<string>, printed: boolean): void {
  let product: Asked
  let sql: Recomputed
  let close = async () => {}

  beforeAll(async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'regulars-figures-'))
    const file = await fileIn(folder)
    const database = await openTestDatabase()
    const app = await openApp(quietConfig(), { database, now: () => instant(AS_OF) })
    close = async () => {
      await app.close()
      await database.close()
      await rm(folder, { recursive: true, force: true })
    }
    sql = await recompute(await readFile(file))
    const shop = await openTestShop({ currency: 'GBP', timeZone: 'Europe/London', app })
    await takeIn(shop, file)
    product = await askAll(shop, sql.shopRhythm)
  }, LONG)
  afterAll(async () => {
    if (printed)
      for (const [name, findings] of sql.findings)
        print(
          name,
          findings.map(({ finding, value }) => `${finding}: ${value}`),
        )
    await close()
  })

  test('every figure that is recomputed is asked for', () => {
    expect([...sql.figures.keys()].sort()).toEqual([...FIGURES].sort())
  })

  test.each(FIGURES)('%s: the product says what SQL on the raw rows says', (name) => {
    const [ours, theirs] = [product.figures.get(name) ?? new Map(), sql.figures.get(name) ?? new Map()]
    expect(theirs.size).toBeGreaterThan(0)
    const different = differences(ours, theirs)
    if (printed) print(name, told(ours, theirs, different))
    expect(different).toEqual([])
  })

  test('each customer, one by one, has the scores, the group, the state and the rhythm that SQL gives them', () => {
    const ids = [...sql.customers.keys()]
    expect(ids.length).toBeGreaterThan(50)
    const different = ids.filter((id) => {
      const [ours, theirs] = [product.customers.get(id), sql.customers.get(id)]
      if (ours === undefined || theirs === undefined) return true
      return ours[0] !== theirs[0] || !isSame(ours[1], theirs[1]) || !isSame(ours[2], theirs[2])
    })
    if (printed) print('customers one by one', [`${ids.length} customers, ${ids.length - different.length} equal`])
    expect(product.customers.size).toBe(ids.length)
    expect(different).toEqual([])
  })
}

/** Whole numbers are the same or not; days and shares are doubles that were summed up in another order. */
const isSame = (ours: number | undefined, theirs: number | undefined): boolean =>
  ours !== undefined && theirs !== undefined && Math.abs(ours - theirs) <= 1e-9 * Math.abs(theirs)

const differences = (ours: Figure, theirs: Figure): string[] =>
  [...new Set([...ours.keys(), ...theirs.keys()])]
    .filter((key) => !isSame(ours.get(key), theirs.get(key)))
    .map((key) => `${key}: ${ours.get(key) ?? 'nothing'} by the product, ${theirs.get(key) ?? 'nothing'} by SQL`)

/** A short figure value by value, a long one in sum. */
function told(ours: Figure, theirs: Figure, different: readonly string[]): string[] {
  const verdict = different.length === 0 ? 'equal' : `${different.length} NOT EQUAL`
  if (theirs.size > 30) return [`${theirs.size} values: ${verdict}`, ...different]
  return [...theirs].map(([key, value]) => `${key}: ${ours.get(key)} | ${value} | ${isSame(ours.get(key), value) ? 'equal' : 'NOT EQUAL'}`)
}

const print = (name: string, lines: readonly string[]): void =>
  console.log([name.replaceAll('_', ' '), ...lines.map((line) => `  ${line}`)].join('\n'))
