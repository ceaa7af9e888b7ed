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
  }
}

/** Migrates once for the whole run: the embedded database's folder to be copied, a server's database to be cloned. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const url = process.env.DATABASE_URL ?? null
  return url === null ? embedded(project) : server(project, url)
}

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
  return () => onServer(url, `drop database if exists ${name} with (force)`)
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
