/** Runs Medusa's own command line in the shop's folder. */
import { type ChildProcess, spawn } from 'node:child_process'
import path from 'node:path'

const SHOP = path.resolve(import.meta.dirname, '../shop')
const MEDUSA = path.resolve(import.meta.dirname, '../../node_modules/.bin/medusa')

export type MedusaEnv = {
  readonly DATABASE_URL: string
  /** Absent: a shop without the plugin. */
  readonly REGULARS_ENDPOINT?: string
  readonly REGULARS_KEY?: string
}

export function medusa(args: readonly string[], env: MedusaEnv): ChildProcess {
  return spawn(process.execPath, [MEDUSA, ...args], {
    cwd: SHOP,
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      MEDUSA_DISABLE_TELEMETRY: 'true',
      LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** Runs to the end, and answers with what was printed. */
export function medusaOnce(args: readonly string[], env: MedusaEnv): Promise<string> {
  const child = medusa(args, env)
  return new Promise((resolve, reject) => {
    let said = ''
    const hear = (part: Buffer) => {
      said += part
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    child.once('exit', (code) => (code === 0 ? resolve(said) : reject(new Error(`medusa ${args.join(' ')} ended with ${code}:\n${said}`))))
  })
}
