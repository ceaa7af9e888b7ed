import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { median, SERVER_CORE, start, untilReady } from './processes.ts'

// From the command to /readyz on a database that is already there, and the memory of a server that nobody asks anything.

const ROUNDS = 5
const PORT = 4320
const folder = mkdtempSync(path.join(tmpdir(), 'regulars-bench-'))
const main = fileURLToPath(new URL('../dist/src/cli/main.js', import.meta.url))

async function once(env: Record<string, string>): Promise<{ readyMs: number; residentMb: number }> {
  const startedAt = performance.now()
  const server = start(SERVER_CORE, [main, 'serve'], { PORT: String(PORT), LOG_LEVEL: 'warn', ...env })
  const readyMs = await untilReady(`http://127.0.0.1:${PORT}/readyz`, startedAt)
  await new Promise((wait) => setTimeout(wait, 3_000))
  const residentMb =
    process.platform === 'linux'
      ? Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
      : Number.NaN
  await server.stop()
  return { readyMs, residentMb }
}

async function measure(name: string, env: Record<string, string>): Promise<void> {
  await once(env)
  const runs = []
  for (let i = 0; i < ROUNDS; i += 1) runs.push(await once(env))
  console.log(
    `${name}: ready after ${median(runs.map((run) => run.readyMs)).toFixed(0)} ms, idle at ${median(runs.map((run) => run.residentMb)).toFixed(0)} MB (medians of ${ROUNDS})`,
  )
}

try {
  await measure('embedded, existing folder', { DATABASE_URL: '', REGULARS_DATA_DIR: path.join(folder, 'data') })
  if (process.env.DATABASE_URL) await measure('PostgreSQL, existing database', {})
  else console.log('PostgreSQL: set DATABASE_URL to measure')
} finally {
  rmSync(folder, { recursive: true, force: true })
}
