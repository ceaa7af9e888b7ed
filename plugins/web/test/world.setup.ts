import type { TestProject } from 'vitest/node'
import { type Engine, startEngine } from '../../engine.ts'
import { fillShop, type Promises } from '../example/rules.ts'

let engine: Engine | undefined

/** One engine with the example's shop in it for all files that only read. */
export async function setup(project: TestProject): Promise<void> {
  engine = await startEngine()
  const { storefront, pluginKey, publishableKey } = engine
  project.provide('world', { storefront, pluginKey, publishableKey, ...(await fillShop(engine)) })
}

export const teardown = async (): Promise<void> => engine?.close()

export type World = Promises & { readonly storefront: string; readonly pluginKey: string; readonly publishableKey: string }

declare module 'vitest' {
  interface ProvidedContext {
    world: World
  }
}
