import { afterAll } from 'vitest'
import { type App, openApp } from '../../src/app.ts'
import { type Config, readConfig } from '../../src/config.ts'
import { openTestDatabase } from './database.ts'

let shared: Promise<App> | null = null

/** The one server of this process, on a database of its own. Tests share it and keep apart by shop. */
export function theNode(): Promise<App> {
  shared ??= openTestDatabase().then((database) => openApp(quietConfig(), { database }))
  return shared
}

/** Another server on the same database, with a memory of its own: what a second process is. */
export async function anotherNode(env: Readonly<Record<string, string>> = {}): Promise<App> {
  const { database } = await theNode()
  return openApp(quietConfig(env), { database })
}

/** What every server of a test has: what seals secrets, and where customers would reach it. */
const OURS = { REGULARS_SECRET: 'a-secret-of-the-tests-0123456789-0123456789', REGULARS_PUBLIC_URL: 'https://regulars.example' }

export function quietConfig(env: Readonly<Record<string, string>> = {}): Config {
  const config = readConfig({ LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent', ...OURS, ...env })
  if (!config.ok) throw new Error(config.problem.join('\n'))
  return config.value
}

/** For a file that opened servers of its own. */
export function closeAfterwards(app: App): App {
  afterAll(() => app.close())
  return app
}

process.once('exit', () => {
  // The embedded database lives in this process's memory and ends with it; a clone on a server is dropped with its template.
  shared = null
})
