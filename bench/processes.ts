import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

/** The server under test runs on this core and its load on the other, so that every candidate has the same machine. */
export const SERVER_CORE = 0
export const LOAD_CORE = 1

export type Running = { readonly child: ChildProcess; readonly stop: () => Promise<void> }

/** Starts a Node program pinned to a core, where the system can pin; null: it may use them all. */
export function start(core: number | null, args: readonly string[], env: Record<string, string> = {}): Running {
  const pinned = core !== null && process.platform === 'linux'
  const [command, ...rest] = pinned ? ['taskset', '-c', String(core), process.execPath, ...args] : [process.execPath, ...args]
  const child = spawn(command ?? process.execPath, rest, {
    env: { NODE_ENV: 'production', ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  child.stdout?.resume()
  return {
    child,
    stop: async () => {
      if (child.exitCode !== null) return
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

/** Resolves once an address answers 200; the milliseconds it took. */
export async function untilReady(url: string, startedAt = performance.now()): Promise<number> {
  for (;;) {
    try {
      if ((await fetch(url)).ok) return performance.now() - startedAt
    } catch {
      // Not listening yet.
    }
    if (performance.now() - startedAt > 60_000) throw new Error(`${url} did not answer within a minute`)
    await new Promise((wait) => setTimeout(wait, 10))
  }
}

export const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
