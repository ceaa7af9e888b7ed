/** Once a run: a database with Medusa's tables, ours, and a shop in it. Each shop of a test is a copy. */
import { mkdir, readlink, symlink } from 'node:fs/promises'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { createDatabase, dropDatabase } from './databases.ts'
import { medusaOnce } from './medusa.ts'

export type Seeded = {
  readonly publishableKey: string
  readonly secretKey: string
  readonly regionId: string
  readonly otherRegionId: string
  readonly shippingOptionId: string
  readonly locationId: string
  readonly channelId: string
  readonly variants: Readonly<Record<string, string>>
}

export type Template = { readonly name: string; readonly seeded: Seeded }

declare module 'vitest' {
  export interface ProvidedContext {
    template: Template
  }
}

/** The shop finds the plugin as one that npm installed. */
async function linkPlugin(): Promise<void> {
  const scope = path.resolve(import.meta.dirname, '../shop/node_modules/@regulars')
  await mkdir(scope, { recursive: true })
  const link = path.join(scope, 'medusa')
  await readlink(link).catch(() => symlink('../../../..', link))
}

export async function makeTemplate(): Promise<Template> {
  await linkPlugin()
  const name = `regulars_medusa_${process.pid}`
  const DATABASE_URL = await createDatabase(name)
  await medusaOnce(['db:migrate'], { DATABASE_URL, REGULARS_ENDPOINT: 'http://127.0.0.1:9/storefront/graphql', REGULARS_KEY: 'none' })
  const said = await medusaOnce(['exec', './seed.js'], { DATABASE_URL })
  const [, seeded] = /^SEEDED (.*)$/m.exec(said) ?? []
  if (seeded === undefined) throw new Error(`the shop was not seeded:\n${said}`)
  return { name, seeded: JSON.parse(seeded) as Seeded }
}

let made: Template | null = null

export async function setup(project: TestProject): Promise<void> {
  made = await makeTemplate()
  project.provide('template', made)
}

export async function teardown(): Promise<void> {
  if (made !== null) await dropDatabase(made.name)
}
