/**
 * A real Regulars for the tests of plugins: the program as it is built, in a process of its own, on a database of its own.
 * `npm run build` at the root comes before.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'

const PROGRAM = path.resolve(import.meta.dirname, '../dist/src/cli/main.js')
const READY = /the storefront API is at (http:\/\/[^/]+)\//

export type Engine = {
  /** Without a path, as in http://127.0.0.1:4000. */
  readonly url: string
  readonly storefront: string
  readonly admin: string
  /** An OWNER's. */
  readonly adminKey: string
  readonly pluginKey: string
  readonly publishableKey: string
  /** One request to either API; throws when the answer has errors. */
  readonly ask: <T = Record<string, unknown>>(api: 'storefront' | 'admin', query: string, variables?: object) => Promise<T>
  /** Ends the process, as an outage would; its data stay. */
  readonly stop: () => Promise<void>
  /** Serves again, at the same address, what it had. */
  readonly start: () => Promise<void>
  /** Ends the process and throws its data away. */
  readonly close: () => Promise<void>
}

/** Starts an empty shop `main` (CNY, Asia/Shanghai). `env` adds to the process's settings; `databaseUrl` is an empty database of the caller's, else the embedded one serves. */
export async function startEngine({
  databaseUrl,
  env = {},
}: {
  databaseUrl?: string
  env?: Readonly<Record<string, string>>
} = {}): Promise<Engine> {
  if (!existsSync(PROGRAM)) throw new Error('Regulars is not built: run npm run build at the root first.')
  const folder = await mkdtemp(path.join(tmpdir(), 'regulars-engine-'))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const bootstrapKey = randomBytes(32).toString('hex')
  const settings = {
    PATH: process.env.PATH,
    PORT: String(port),
    REGULARS_DATA_DIR: path.join(folder, 'data'),
    REGULARS_BOOTSTRAP_KEY: bootstrapKey,
    REGULARS_SECRET: randomBytes(32).toString('hex'),
    REGULARS_PUBLIC_URL: url,
    ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
    ...env,
  }

  let child: ChildProcess | null = null
  const start = async () => {
    child = await ready(settings)
  }
  const stop = async () => {
    if (child !== null) await ended(child)
    child = null
  }
  const close = async () => {
    await stop()
    await rm(folder, { recursive: true, force: true })
  }

  await start()
  const makeKey = async (kind: 'PLUGIN' | 'PUBLISHABLE') => {
    const made = await request<{ createKey: { secret: string } }>(
      `${url}/admin/graphql`,
      bootstrapKey,
      'mutation ($input: KeyInput!) { createKey(input: $input) { secret } }',
      { input: { kind, name: `${kind.toLowerCase()} of a test` } },
    )
    return made.createKey.secret
  }
  try {
    const pluginKey = await makeKey('PLUGIN')
    const publishableKey = await makeKey('PUBLISHABLE')
    return {
      url,
      storefront: `${url}/storefront/graphql`,
      admin: `${url}/admin/graphql`,
      adminKey: bootstrapKey,
      pluginKey,
      publishableKey,
      ask: (api, query, variables = {}) => request(`${url}/${api}/graphql`, api === 'admin' ? bootstrapKey : pluginKey, query, variables),
      stop,
      start,
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

async function request<T>(url: string, key: string, query: string, variables: object): Promise<T> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ query, variables }),
  })
  const { data, errors } = (await answer.json()) as { data?: T; errors?: readonly object[] }
  if (errors !== undefined || data === undefined) throw new Error(`${url} answered ${answer.status}: ${JSON.stringify(errors)}`)
  return data
}

function ready(settings: Readonly<Record<string, string | undefined>>): Promise<ChildProcess> {
  const child = spawn(process.execPath, [PROGRAM, 'serve'], { cwd: tmpdir(), env: settings, stdio: ['ignore', 'pipe', 'pipe'] })
  // Whoever ends without closing takes it along.
  const along = () => child.kill('SIGKILL')
  // A signal ends a process without a word to those who listen for its exit; a test runner ends its workers by one.
  const alongAtOnce = () => {
    along()
    if (process.listenerCount('SIGTERM') === 0) process.exit()
  }
  process.once('exit', along)
  process.once('SIGTERM', alongAtOnce)
  child.once('exit', () => process.off('exit', along).off('SIGTERM', alongAtOnce))
  return new Promise((resolve, reject) => {
    let said = ''
    const hear = (part: Buffer) => {
      if (READY.test(said)) return
      said += part
      if (READY.test(said)) resolve(child)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('exit', () => reject(new Error(`Regulars ended before it was ready:\n${said}`)))
  })
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
  })
}

/** Free a moment ago: the address must be the same after a restart, so it cannot be the system's choice at each start. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))))
    })
  })
}
