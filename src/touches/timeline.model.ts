import { type Instant, instant, isInstantText } from '../kernel/clock.ts'
import { isUuid } from '../kernel/id.ts'

/** Where something stands in a customer's list, the newest first: its instant and, of one instant, its id. */
export const placeOf = (at: Instant, id: string): string => `${at} ${id}`

export function isPlace(key: string): boolean {
  const [at = '', id = '', ...more] = key.split(' ')
  return more.length === 0 && isInstantText(at) && isUuid(id)
}

export function readPlace(key: string): { readonly at: Instant; readonly id: string } {
  const [at = '', id = ''] = key.split(' ')
  return { at: instant(Number(at)), id }
}
