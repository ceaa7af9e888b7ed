import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Figures, Round } from './load.ts'
import { LOAD_CORE, median, SERVER_CORE, start, untilReady } from './processes.ts'
import { type BenchShop, fillShop } from './shop.ts'

// Requests a second of member prices and quotes, each between its floors, in rounds that take turns: what disturbs the
// machine disturbs all of them. Medians of the rounds; only the ratios travel to other machines.

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5)
const SECONDS = Number(process.env.BENCH_SECONDS ?? 5)
const CONNECTIONS = 32
const PORTS = { product: 4310, apollo: 4311, http: 4312 }

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url))
const folder = mkdtempSync(path.join(tmpdir(), 'regulars-bench-'))
const owner = 'bench-owner-key-0123456789abcdef0123456789abcdef'

const product = start(SERVER_CORE, [here('../dist/src/cli/main.js'), 'serve'], {
  PORT: String(PORTS.product),
  REGULARS_DATA_DIR: path.join(folder, 'data'),
  REGULARS_BOOTSTRAP_KEY: owner,
  LOG_LEVEL: 'warn',
})
try {
  await untilReady(`http://127.0.0.1:${PORTS.product}/readyz`)
  const shop = await fillShop(`http://127.0.0.1:${PORTS.product}`, owner)
  for (const [name, body] of Object.entries(shop.requests)) await compare(name, body, shop)
} finally {
  await product.stop()
  rmSync(folder, { recursive: true, force: true })
}

async function compare(name: string, body: string, shop: BenchShop): Promise<void> {
  const answerFile = path.join(folder, `${name}.json`)
  writeFileSync(answerFile, await answerTo(body, shop))
  const floors = [
    start(SERVER_CORE, [here('floor-apollo.ts'), String(PORTS.apollo), answerFile]),
    start(SERVER_CORE, [here('floor-http.ts'), String(PORTS.http), answerFile]),
  ]
  try {
    await untilReady(`http://127.0.0.1:${PORTS.apollo}/readyz`)
    const results: Record<keyof typeof PORTS, Figures[]> = { product: [], apollo: [], http: [] }
    const targets = Object.keys(PORTS) as (keyof typeof PORTS)[]
    // The first round warms everybody up and is not counted.
    for (let i = 0; i <= ROUNDS; i += 1)
      for (const target of targets) {
        const figures = load({
          url: `http://127.0.0.1:${PORTS[target]}/storefront/graphql`,
          body,
          key: shop.key,
          seconds: SECONDS,
          connections: CONNECTIONS,
        })
        if (figures.failed > 0) throw new Error(`${name}: ${figures.failed} requests to ${target} failed`)
        if (i > 0) results[target].push(figures)
      }
    report(name, results)
  } finally {
    for (const floor of floors) await floor.stop()
  }
}

async function answerTo(body: string, shop: BenchShop): Promise<string> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${shop.key}` }
  const response = await fetch(`http://127.0.0.1:${PORTS.product}/storefront/graphql`, { method: 'POST', headers, body })
  const text = await response.text()
  if (!response.ok || text.includes('"errors"')) throw new Error(text.slice(0, 1_000))
  return text
}

function load(round: Round): Figures {
  const args = [here('load.ts'), JSON.stringify(round)]
  const [command, ...rest] =
    process.platform === 'linux' ? ['taskset', '-c', String(LOAD_CORE), process.execPath, ...args] : [process.execPath, ...args]
  return JSON.parse(execFileSync(command ?? process.execPath, rest, { encoding: 'utf8' })) as Figures
}

function report(name: string, results: Record<keyof typeof PORTS, readonly Figures[]>): void {
  const of = (target: keyof typeof PORTS, figure: keyof Figures) => median(results[target].map((round) => round[figure]))
  console.log(`\n${name} (${CONNECTIONS} connections, ${ROUNDS} rounds of ${SECONDS} s each, medians)`)
  for (const target of Object.keys(PORTS) as (keyof typeof PORTS)[])
    console.log(
      `  ${target.padEnd(8)} ${of(target, 'perSecond').toFixed(0).padStart(6)} req/s   p50 ${of(target, 'p50')} ms   p99 ${of(target, 'p99')} ms`,
    )
  console.log(`  product / apollo floor: ${((100 * of('product', 'perSecond')) / of('apollo', 'perSecond')).toFixed(1)} %`)
}
