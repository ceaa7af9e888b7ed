import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { FLOOR_TABLES, floorScript } from './checkout-floor.ts'
import type { CheckoutFigures, CheckoutRound } from './checkout-load.ts'
import { type CheckoutShop, COMMIT, cartOf, fillCheckout, LIMIT, LIMITED_CART, RESERVE } from './checkout-shop.ts'
import { median, start, untilReady } from './processes.ts'
import { processorTime } from './processor-time.ts'
import { ask } from './shop.ts'

// Checkouts a second, reserve and commit over HTTP, beside pgbench with the same row writes; rounds take turns. Then how fast
// 64 clients have used up one limited offer, and whether exactly as many got it as there were.

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5)
const SECONDS = Number(process.env.BENCH_SECONDS ?? 8)
const CLIENTS = Number(process.env.BENCH_CLIENTS ?? 16)
const PORT = 4330
const LAST_ONES = 64

const server = process.env.DATABASE_URL
if (server === undefined)
  throw new Error('set DATABASE_URL to a PostgreSQL server: the bench makes a database of its own there and drops it')
const name = `regulars_bench_${process.pid}`
const url = Object.assign(new URL(server), { pathname: `/${name}` }).href
const here = (file: string) => fileURLToPath(new URL(file, import.meta.url))
const folder = mkdtempSync(path.join(tmpdir(), 'regulars-bench-'))
const owner = 'bench-owner-key-0123456789abcdef0123456789abcdef'
const base = `http://127.0.0.1:${PORT}`

const sql = (database: string, text: string) =>
  execFileSync('psql', ['-XqAt', '-v', 'ON_ERROR_STOP=1', '-d', database, '-c', text], { encoding: 'utf8' }).trim()

sql(server, `create database ${name}`)
// Both sides have the whole machine: nobody is pinned.
const product = start(null, [...(process.env.BENCH_NODE_ARGS?.split(' ') ?? []), here('../dist/src/cli/main.js'), 'serve'], {
  PORT: String(PORT),
  DATABASE_URL: url,
  REGULARS_BOOTSTRAP_KEY: owner,
  LOG_LEVEL: 'warn',
})
try {
  await untilReady(`${base}/readyz`)
  const shop = await fillCheckout(base, owner)
  await checkoutOnce(shop)
  sql(url, FLOOR_TABLES)
  compare(shop)
  await lastOnes(shop)
} finally {
  await product.stop()
  sql(server, `drop database ${name}`)
  rmSync(folder, { recursive: true, force: true })
}

/** The cart as it is kept, which the floor writes too. */
async function checkoutOnce({ key, total }: CheckoutShop): Promise<void> {
  const storefront = (query: string, input: object) => ask(`${base}/storefront/graphql`, key, query, { input })
  const { reserve } = await storefront(RESERVE, { ...cartOf(0), idempotencyKey: 'reserve-once', expectedTotal: total })
  await storefront(COMMIT, { reservationId: reserve.id, orderExternalId: 'once', idempotencyKey: 'commit-once' })
}

function compare({ key, total }: CheckoutShop): void {
  const rounds: { product: CheckoutFigures; prepared: number; simple: number; load: number; cost: Cost }[] = []
  // The first round warms everybody up and is not counted.
  for (let i = 0; i <= ROUNDS; i += 1) {
    const load = loadavg()[0] ?? 0
    const before = processors()
    const driven = drive({ key, total, clients: CLIENTS, round: `r${i}`, what: 'CHECKOUTS', seconds: SECONDS })
    const figures = { product: driven, load, cost: costOf(before, processors(), driven.done) }
    // Everybody starts from a log that is on disk: what one side wrote is not the other's to flush.
    const [prepared, simple] = (['prepared', 'simple'] as const).map((mode, n) => pgbench(2 * i + n + 1, mode))
    sql(url, 'checkpoint')
    if (i > 0) rounds.push({ ...figures, prepared: prepared ?? 0, simple: simple ?? 0 })
  }
  const a = (figures: CheckoutFigures) => figures.done / figures.seconds
  console.log(`checkouts a second, reserve and commit (${CLIENTS} clients, ${ROUNDS} rounds of ${SECONDS} s each)`)
  for (const round of rounds)
    console.log(
      `  product ${a(round.product).toFixed(0).padStart(4)}  pgbench ${round.prepared.toFixed(0).padStart(4)} prepared, ${round.simple.toFixed(0).padStart(4)} simple   load before ${round.load.toFixed(1)}` +
        `   processor ms a checkout: ${ms(round.cost.product)} product, ${ms(round.cost.database)} PostgreSQL`,
    )
  const [ours, prepared, simple] = [
    median(rounds.map((round) => a(round.product))),
    median(rounds.map((round) => round.prepared)),
    median(rounds.map((round) => round.simple)),
  ]
  console.log(`  medians: product ${ours.toFixed(0)}, pgbench ${prepared.toFixed(0)} prepared, ${simple.toFixed(0)} simple`)
  console.log(
    `  product / pgbench: ${((100 * ours) / prepared).toFixed(1)} % of prepared, ${((100 * ours) / simple).toFixed(1)} % of simple`,
  )
  console.log(
    `  reserve p50 ${median(rounds.map((round) => round.product.reserveMs)).toFixed(1)} ms, commit p50 ${median(rounds.map((round) => round.product.commitMs)).toFixed(1)} ms`,
  )
}

type Cost = { readonly product: number | null; readonly database: number | null }

/** Processor time so far, of the product's process and of its connections at the server, if that is this machine's. */
function processors(): Cost {
  const pids = sql(url, `select pid from pg_stat_activity where datname = '${name}' and pid <> pg_backend_pid()`)
  return {
    product: processorTime([product.child.pid ?? 0]),
    database: processorTime(pids.split('\n').filter(Boolean).map(Number)),
  }
}

function costOf(before: Cost, after: Cost, checkouts: number): Cost {
  const between = (from: number | null, to: number | null) => (from === null || to === null ? null : (to - from) / checkouts)
  return { product: between(before.product, after.product), database: between(before.database, after.database) }
}

function ms(value: number | null): string {
  return value?.toFixed(2) ?? '?'
}

async function lastOnes({ key, admin }: CheckoutShop): Promise<void> {
  // Connections that were closed while rounds ran are seen to be so.
  await sleep(200)
  const { quote } = await ask(`${base}/storefront/graphql`, key, 'query ($cart: CartInput!) { quote(cart: $cart) { total } }', {
    cart: LIMITED_CART,
  })
  const { done, seconds, reserveMs } = drive({
    key,
    total: quote.total,
    clients: LAST_ONES,
    round: 'last-ones',
    what: 'LAST_ONES',
    seconds: 0,
  })
  await sleep(200)
  const { offer } = await admin('{ offer(code: "last-ones") { usedCount } }')
  const rows = sql(
    url,
    `select count(*) from offer_use x join rule r on r.shop_id = x.shop_id and r.id = x.rule_id where r.code = 'last-ones'`,
  )
  console.log(
    `one offer limited to ${LIMIT}, ${LAST_ONES} clients: ${(done / seconds).toFixed(0)} reservations a second, p50 ${reserveMs.toFixed(0)} ms`,
  )
  console.log(`  given ${done}, counted ${offer.usedCount}, uses kept ${rows}, limit ${LIMIT}`)
  if (done !== LIMIT || offer.usedCount !== LIMIT || Number(rows) !== LIMIT) throw new Error('the limit was not kept exactly')
}

function drive(round: Omit<CheckoutRound, 'url'>): CheckoutFigures {
  const args = [here('checkout-load.ts'), JSON.stringify({ ...round, url: `${base}/storefront/graphql` })]
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as CheckoutFigures
}

/** Transactions of the script a second; each is one checkout. */
function pgbench(run: number, mode: 'prepared' | 'simple'): number {
  const script = path.join(folder, `${run}.sql`)
  writeFileSync(script, floorScript(run))
  const args = ['-n', '-f', script, '-M', mode, '-D', 'n=0', '-c', String(CLIENTS), '-j', '1', '-T', String(SECONDS), url]
  const { stdout, stderr } = spawnSync('pgbench', args, { encoding: 'utf8' })
  if (!stdout.includes('number of failed transactions: 0 ') || stderr.includes('ERROR'))
    throw new Error(`pgbench: ${stderr.slice(0, 2_000)}`)
  return Number(/tps = ([\d.]+)/.exec(stdout)?.[1] ?? Number.NaN)
}
