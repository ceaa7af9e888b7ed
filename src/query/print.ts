import type { CustomerQuery } from './tree.ts'

export function printQuery(_query: CustomerQuery): string {
  throw new Error('not built yet')
}
