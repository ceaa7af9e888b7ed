import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { ROWS } from '../../src/registry.ts'
import { openDatabase } from '../../src/shell/database.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A migrated data folder of the embedded database, to be copied; null on a server. */
    folder: string | null
    /** The url of a migrated database on the server to be cloned; null on the embedded one. */
    template: string | null
    /** Names this run among others on the machine. */
    run: string
  }
}

/** Migrates once for the whole run: the embedded database's folder to be copied, a server's database to be cloned. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const url = process.env.DATABASE_URL ?? null
  project.provide('run', String(process.pid))
  const down = await (url === null ? embedded(project) : server(project, url))
  return async () => {
    await down()
    await rm(compiledFolder(String(process.pid)), { recursive: true, force: true })
  }
}

/** Where a run keeps the program that it compiled. */
export const compiledFolder = (run: string): string => path.resolve(import.meta.dirname, `../../.regulars-test-${run}`)

async function embedded(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'regulars-test-'))
  const template = path.join(folder, 'template')
  const database = await openDatabase({ url: null, dataDir: template, rows: ROWS })
  await database.migrate()
  await database.close()
  project.provide('folder', template)
  project.provide('template', null)
  return () => rm(folder, { recursive: true, force: true })
}

async function server(project: TestProject, url: string): Promise<() => Promise<void>> {
  const name = `regulars_template_${process.pid}`
  await onServer(url, `drop database if exists ${name}`, `create database ${name}`)
  const template = withDatabase(url, name)
  const database = await openDatabase({ url: template, dataDir: '', rows: ROWS })
  await database.migrate()
  await database.close()
  project.provide('folder', null)
  project.provide('template', template)
  return async () => {
    for (const clone of await namesOnServer(url, name)) await onServer(url, `drop database if exists ${clone} with (force)`)
  }
}

export function withDatabase(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.toString()
}

export async function onServer(url: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

/** A database and those that were cloned from it. */
async function namesOnServer(url: string, name: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ datname: string }>(
      "select datname from pg_database where datname = $1 or starts_with(datname, $1 || '_')",
      [name],
    )
    return rows.map(({ datname }) => datname)
  } finally {
    await client.end()
  }
}
