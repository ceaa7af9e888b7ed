/** A real Medusa server on a database of its own, and what a storefront and the staff do with it. */
import type { ChildProcess } from 'node:child_process'
import { createServer } from 'node:net'
import type { Engine } from '../../../engine.ts'
import { createDatabase, dropDatabase } from './databases.ts'
import { medusa } from './medusa.ts'
import type { Seeded, Template } from './template.ts'

// biome-ignore lint/suspicious/noExplicitAny: what Medusa answers is looked at field by field
export type Json = any

export type Answer = { readonly status: number; readonly body: Json }
export type Ask = (method: string, path: string, body?: object) => Promise<Answer>

export type Shop = Seeded & {
  readonly url: string
  readonly databaseUrl: string
  /** As somebody who did not sign in. */
  readonly store: Ask
  readonly admin: Ask
  /** Registers and signs in. */
  readonly register: (email: string) => Promise<{ readonly id: string; readonly store: Ask }>
  /** As a crash would end it. */
  readonly kill: () => Promise<void>
  /** As it was; from now on with the plugin; or (null) without it. */
  readonly start: (engine?: Regulars | null) => Promise<void>
  readonly close: () => Promise<void>
  /** What the server has printed. */
  readonly log: () => string
}

type Regulars = Pick<Engine, 'storefront' | 'pluginKey'>

let made = 0

export async function startShop(template: Template, engine?: Regulars): Promise<Shop> {
  made += 1
  const name = `${template.name}_${process.pid}_${made}`
  const databaseUrl = await createDatabase(name, template.name)
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  let child: ChildProcess | null = null
  let said = ''

  let regulars = engine ?? null
  const start = async (other: Regulars | null = regulars) => {
    regulars = other
    const env = regulars === null ? {} : { REGULARS_ENDPOINT: regulars.storefront, REGULARS_KEY: regulars.pluginKey }
    child = medusa(['start', '--port', String(port)], { DATABASE_URL: databaseUrl, ...env })
    const starting = child
    const hear = (part: Buffer) => {
      said += part
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    process.once('exit', () => starting.kill('SIGKILL'))
    for (;;) {
      if (starting.exitCode !== null) throw new Error(`Medusa ended before it was ready:\n${said}`)
      const isUp = await fetch(`${url}/health`).then(
        ({ ok }) => ok,
        () => false,
      )
      if (isUp) return
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
  const kill = async () => {
    const ending = child
    child = null
    if (ending === null || ending.exitCode !== null) return
    await new Promise<void>((resolve) => {
      ending.once('exit', () => resolve())
      ending.kill('SIGKILL')
    })
  }
  const close = async () => {
    await kill()
    await dropDatabase(name)
  }

  const asking =
    (headers: Record<string, string>): Ask =>
    async (method, path, body) => {
      const answer = await fetch(`${url}${path}`, {
        method,
        headers: { 'content-type': 'application/json', ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      return { status: answer.status, body: await answer.json().catch(() => null) }
    }

  const key = { 'x-publishable-api-key': template.seeded.publishableKey }
  const register = async (email: string) => {
    const anyone = asking(key)
    const credentials = { email, password: 'a secret of theirs' }
    const { token } = (await anyone('POST', '/auth/customer/emailpass/register', credentials)).body
    const made = await asking({ ...key, authorization: `Bearer ${token}` })('POST', '/store/customers', {
      email,
      first_name: 'Mei',
      last_name: 'Lin',
    })
    const signedIn = await anyone('POST', '/auth/customer/emailpass', credentials)
    return { id: made.body.customer.id as string, store: asking({ ...key, authorization: `Bearer ${signedIn.body.token}` }) }
  }

  try {
    await start()
  } catch (error) {
    await close()
    throw error
  }
  return {
    ...template.seeded,
    url,
    databaseUrl,
    store: asking(key),
    admin: asking({ authorization: `Basic ${Buffer.from(`${template.seeded.secretKey}:`).toString('base64')}` }),
    register,
    kill,
    start,
    close,
    log: () => said,
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))))
    })
  })
}

/** Asks until it is so. */
export async function until<T>(look: () => Promise<T>, isSo: (seen: T) => boolean, ms = 60_000): Promise<T> {
  const end = Date.now() + ms
  for (;;) {
    const seen = await look()
    if (isSo(seen)) return seen
    if (Date.now() > end) throw new Error(`It never came: ${JSON.stringify(seen)}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
