/** A running shop for the tests: its own process and database, and whoever talks to it. */
import { type ChildProcess, spawn } from 'node:child_process'
import path from 'node:path'
import { Client } from 'pg'
import { freePort } from '../../../engine.ts'
import type { ShopSettings } from './config.mts'

const SERVER = process.env.DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres'
const PROGRAM = path.join(import.meta.dirname, 'server.mts')

export type Session = <T = Record<string, never>>(query: string, variables?: object) => Promise<T>
export type Shop = {
  url: string
  databaseUrl: string
  /** Somebody new at the storefront, with a session of their own. */
  visitor: () => Session
  /** Staff. */
  admin: Session
  /** Kills it, as a crash would. */
  stop: () => Promise<void>
  /** Opens it again, at the same address. */
  start: () => Promise<void>
}

export async function scratchDatabase(run: string): Promise<string> {
  const database = `${run}_${Math.random().toString(36).slice(2, 8)}`
  await sql(`create database ${database}`)
  const url = new URL(SERVER)
  url.pathname = `/${database}`
  return url.href
}

/** Drops what a run made. */
export async function dropDatabases(run: string): Promise<void> {
  const { rows } = await sql('select datname from pg_database where starts_with(datname, $1)', [`${run}_`])
  for (const { datname } of rows) await sql(`drop database ${datname} with (force)`)
}

export async function openShop(settings: Omit<ShopSettings, 'port'>): Promise<Shop> {
  const port = await freePort()
  let child = await opened({ ...settings, port })
  const url = `http://127.0.0.1:${port}`
  const admin = session(`${url}/admin-api`)
  await admin('mutation { login(username: "superadmin", password: "superadmin") { __typename } }')
  return {
    url,
    databaseUrl: settings.databaseUrl,
    visitor: () => session(`${url}/shop-api`),
    admin,
    stop: async () => {
      await ended(child)
      await forgetJobsInHand(settings.databaseUrl)
    },
    start: async () => {
      child = await opened({ ...settings, port })
    },
  }
}

/** Keeps the bearer token that Vendure hands out, as a storefront would. */
export function session(url: string, channel?: string): Session {
  let token: string | null = null
  return async (query, variables = {}) => {
    const answer = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token && { authorization: `Bearer ${token}` }),
        ...(channel && { 'vendure-token': channel }),
      },
      body: JSON.stringify({ query, variables }),
    })
    token = answer.headers.get('vendure-auth-token') ?? token
    const { data, errors } = (await answer.json()) as { data: never; errors?: object[] }
    if (errors !== undefined) throw new Error(`${query}\n${JSON.stringify(errors, null, 1)}`)
    return data
  }
}

/** What a killed process had in hand Vendure's queue shows as running for ever: nobody waits for it any more. */
async function forgetJobsInHand(databaseUrl: string): Promise<void> {
  await sql(`update job_record set state = 'FAILED', "isSettled" = true where state = 'RUNNING'`, [], databaseUrl)
}

async function sql(statement: string, values: string[] = [], server = SERVER) {
  const client = new Client(server)
  await client.connect()
  try {
    return await client.query(statement, values)
  } finally {
    await client.end()
  }
}

function opened(settings: ShopSettings): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--no-warnings', PROGRAM], {
    env: { ...process.env, VENDURE_DISABLE_TELEMETRY: 'true', SHOP: JSON.stringify(settings) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const along = () => child.kill('SIGKILL')
  process.once('exit', along)
  child.once('exit', () => process.off('exit', along))
  return new Promise((resolve, reject) => {
    let said = ''
    const hear = (part: Buffer) => {
      said = (said + part).slice(-20_000)
      if (process.env.SHOP_LOG) process.stderr.write(part)
      if (said.includes('the shop is open')) resolve(child)
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    child.once('exit', () => reject(new Error(`The shop ended before it was open:\n${said}`)))
  })
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill('SIGKILL')
  })
}
