import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { KeyKind } from '../access/key.model.ts'
import { createKey, findOpenKey, openKeys, revokeKey } from '../access/key.service.ts'
import { makeLink, opensLink } from '../demo/demo-link.service.ts'
import type { World } from '../shell/world.ts'
import { granted } from './session.ts'

/** LINK: the token of the demo's private link. */
export type DemoKeys = { readonly [Kind in KeyKind | 'LINK']: string }
type Kept = Omit<DemoKeys, 'LINK'> & { readonly LINK?: string }

const KINDS: readonly KeyKind[] = ['ADMIN', 'PLUGIN', 'PUBLISHABLE']
const NAME = 'demo'

export const keyFile = (dataDir: string): string => path.join(dataDir, 'demo-keys.json')

/**
 * The demo's keys and the token of its private link, the same at every start: the database holds only their hashes, so their
 * texts are kept beside it in a file that only its owner can read. Without the file, or where it opens nothing here, there are new ones.
 */
export async function demoKeys(world: World, dataDir: string): Promise<DemoKeys> {
  const file = keyFile(dataDir)
  const kept = await readKeys(file)
  const keys = kept !== null && (await allOpen(world, kept)) ? kept : await newKeys(world)
  const isOpen = kept?.LINK !== undefined && (await opensLink(world, kept.LINK))
  const made = { ...keys, LINK: isOpen ? kept.LINK : granted(await makeLink(world)) }
  if (keys !== kept || !isOpen) await writeKeys(file, made)
  return made
}

async function newKeys(world: World): Promise<Omit<DemoKeys, 'LINK'>> {
  for (const key of await openKeys(world)) if (key.name === NAME) granted(await revokeKey(world, key.id))
  return {
    ADMIN: await newKey(world, 'ADMIN'),
    PLUGIN: await newKey(world, 'PLUGIN'),
    PUBLISHABLE: await newKey(world, 'PUBLISHABLE'),
  }
}

const newKey = async (world: World, kind: KeyKind): Promise<string> =>
  granted(await createKey(world, { kind, name: NAME, role: kind === 'ADMIN' ? 'OWNER' : null, expiresAt: null }, 'OWNER')).secret

async function allOpen(world: World, keys: Kept): Promise<boolean> {
  const found = await Promise.all(KINDS.map((kind) => findOpenKey(world.memory, () => world.em, keys[kind], world.now)))
  return found.every((key, i) => key !== null && key.shopId === world.shopId && key.kind === KINDS[i])
}

async function readKeys(file: string): Promise<Kept | null> {
  try {
    const kept = JSON.parse(await readFile(file, 'utf8')) as Kept
    return KINDS.every((kind) => typeof kept[kind] === 'string') ? kept : null
  } catch {
    return null
  }
}

async function writeKeys(file: string, keys: DemoKeys): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true })
  const aside = `${file}.${process.pid}`
  await writeFile(aside, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 })
  // An older file in the way would have kept its own mode.
  await chmod(aside, 0o600)
  await rename(aside, file)
}
