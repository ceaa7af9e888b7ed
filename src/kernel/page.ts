import type { Problem } from './problem.ts'
import { problem } from './problem.ts'
import { accept, type Result, refuse } from './result.ts'

/** Which part of a list is wanted: `first` of what comes after the cursor's key. */
export type PageRequest = { readonly first: number; readonly after: string | null }

/** A part of a list, with each row's cursor. `total` asks for the count of the whole list, so that nobody counts who was not asked. */
export type Page<T> = {
  readonly nodes: readonly T[]
  readonly hasNextPage: boolean
  readonly hasPreviousPage: boolean
  readonly cursorOf: (node: T) => string
}

export const MAX_PAGE = 250

/** Cursors are the last row's key, opaque to callers. */
export const cursor = (key: string): string => Buffer.from(key, 'utf8').toString('base64url')

/** Checks what a caller asks for; the key in `after` is unwrapped, and must be one that the list could have given (`isKey`). */
export function pageRequest(
  first: number | null | undefined,
  after: string | null | undefined,
  { usual = 50, isKey = () => true }: { usual?: number; isKey?: (key: string) => boolean } = {},
): Result<PageRequest, Problem> {
  const count = first ?? usual
  if (!Number.isInteger(count) || count < 0 || count > MAX_PAGE)
    return refuse(problem('BAD_USER_INPUT', `first must be from 0 to ${MAX_PAGE}.`, ['first']))
  if (after === null || after === undefined) return accept({ first: count, after: null })
  const key = Buffer.from(after, 'base64url').toString('utf8')
  if (key === '' || cursor(key) !== after || !isKey(key))
    return refuse(problem('BAD_USER_INPUT', 'after must be a cursor that this list gave (pageInfo.endCursor).', ['after']))
  return accept({ first: count, after: key })
}

/** Rows are read one more than asked for: whether that one is there is whether there is a next page. */
export function page<T>(rows: readonly T[], request: PageRequest, keyOf: (node: T) => string): Page<T> {
  return {
    nodes: rows.slice(0, request.first),
    hasNextPage: rows.length > request.first,
    hasPreviousPage: request.after !== null,
    cursorOf: (node) => cursor(keyOf(node)),
  }
}
