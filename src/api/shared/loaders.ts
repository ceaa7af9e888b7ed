import DataLoader from 'dataloader'
import type { World } from '../../shell/world.ts'
import type { ApiContext } from './context.ts'

/** Reads many things at once; answers in the order of the keys, which are never twice the same. */
export type ReadMany<Key, Value> = (keys: readonly Key[], world: World) => Promise<readonly Value[]>

const LOADERS = new WeakMap<ApiContext, Map<symbol, unknown>>()

/**
 * The request's loader of this name: what the fields of a whole page ask for one by one is read in one statement.
 *
 *     const TAGS = Symbol('tags of customers')
 *     loaderOf(context, TAGS, (ids: readonly string[], world) => tagsOf(world, ids)).load(customer.id)
 *
 * It gathers and does not remember: of two mutations in one request the second must not be answered with what was true
 * before it.
 */
export function loaderOf<Key, Value>(context: ApiContext, name: symbol, read: ReadMany<Key, Value>): DataLoader<Key, Value> {
  const loaders = LOADERS.get(context) ?? new Map<symbol, unknown>()
  LOADERS.set(context, loaders)
  const existing = loaders.get(name) as DataLoader<Key, Value> | undefined
  if (existing !== undefined) return existing
  const made = new DataLoader<Key, Value>((keys) => readOnce(keys, (distinct) => read(distinct, context.world)), { cache: false })
  loaders.set(name, made)
  return made
}

async function readOnce<Key, Value>(keys: readonly Key[], read: (keys: readonly Key[]) => Promise<readonly Value[]>): Promise<Value[]> {
  const distinct = [...new Set(keys)]
  const values = await read(distinct)
  const found = new Map(distinct.map((key, i) => [key, values[i] as Value]))
  return keys.map((key) => found.get(key) as Value)
}
