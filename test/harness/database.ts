import { randomBytes } from 'node:crypto'
import { cp } from 'node:fs/promises'
import { inject } from 'vitest'
import { ROWS } from '../../src/registry.ts'
import { type Database, openDatabase } from '../../src/shell/database.ts'
import { onServer, withDatabase } from './template.ts'

/** A migrated, empty database of one's own: a copy of the run's template. */
export async function openTestDatabase(): Promise<Database> {
  const folder = inject('folder')
  if (folder !== null) {
    const dataDir = `${folder}-${randomBytes(6).toString('hex')}`
    await cp(folder, dataDir, { recursive: true })
    return openDatabase({ url: null, dataDir, rows: ROWS })
  }
  const { url, drop } = await cloneTemplate()
  const database = await openDatabase({ url, dataDir: '', rows: ROWS })
  return {
    ...database,
    close: async () => {
      await database.close()
      await drop()
    },
  }
}

/** A copy of the template on the server, for a process that connects by url. Server runs only. */
export async function cloneTemplate(): Promise<{ url: string; drop: () => Promise<void> }> {
  const template = inject('template')
  if (template === null) throw new Error('only a server has databases to be cloned: set DATABASE_URL')
  // After the template, so that the run's end finds whatever a test left behind.
  const name = `${new URL(template).pathname.slice(1)}_${randomBytes(6).toString('hex')}`
  const admin = withDatabase(template, 'postgres')
  await onServer(admin, `create database ${name} template ${new URL(template).pathname.slice(1)}`)
  return { url: withDatabase(template, name), drop: () => onServer(admin, `drop database if exists ${name} with (force)`) }
}
