import type { TestProject } from 'vitest/node'
import { dropDatabases } from './shop.mts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Begins the names of the databases of this run. */
    run: string
  }
}

const run = `regulars_vendure_${process.pid}`

export function setup(project: Pick<TestProject, 'provide'>) {
  project.provide('run', run)
}

export function teardown(): Promise<void> {
  return dropDatabases(run)
}
