import { type InputPath, type Problem, problem, within } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { isPlain, isWord } from '../kernel/text.ts'
import { MAX_SKU } from '../products/product.model.ts'

// What the forms of ladders and offers are checked with. Each check answers with a fault, seen from where it looks, or null.

/** An input field that may be left out; an explicit null is as good as absent. */
export type Optional<T> = T | null | undefined

export const bad = (message: string, ...path: InputPath): Problem => problem('BAD_USER_INPUT', message, path)
export const tooMany = (what: string, most: number, ...path: InputPath): Problem =>
  problem('TOO_MANY_ITEMS', `At most ${most} ${what}.`, path)

/** The first fault there is; they are given in the order in which a person would come upon them. */
export const firstOf = (...faults: readonly (Problem | null)[]): Problem | null => faults.find((fault) => fault !== null) ?? null

/** What the shop calls its things: skus, brands, tags, categories. None of them is longer than a sku may be. */
export const LONGEST_WORD = MAX_SKU

export function wordFault(text: string, max: number, what: string, path: InputPath = [what]): Problem | null {
  if (isWord(text, max)) return null
  return bad(
    isPlain(text) ? `${what} must have 1 to ${max} characters, not only blanks.` : `${what} has a character that nobody can type.`,
    ...path,
  )
}

export function wholeFault(value: Optional<number>, from: number, to: number, field: string): Problem | null {
  const fits = value === null || value === undefined || (Number.isInteger(value) && value >= from && value <= to)
  return fits ? null : bad(`${field} must be a whole number from ${from} to ${to}.`, field)
}

/** The first fault among the things of a list, with its place. */
export function eachFault<T>(list: readonly T[], field: string, faultOf: (item: T) => Problem | null): Problem | null {
  for (const [i, item] of list.entries()) {
    const fault = faultOf(item)
    if (fault !== null) return within(fault, field, i)
  }
  return null
}

/** Reads a list thing by thing; the first that is refused refuses it, with its place. */
export function readEach<In, Out>(list: readonly In[], field: string, read: (item: In) => Result<Out, Problem>): Result<Out[], Problem> {
  const values: Out[] = []
  for (const [i, item] of list.entries()) {
    const result = read(item)
    if (!result.ok) return refuse(within(result.problem, field, i))
    values.push(result.value)
  }
  return accept(values)
}

/** The same answer, its fault seen from one level further out. */
export const inside = <T>(result: Result<T, Problem>, ...outer: InputPath): Result<T, Problem> =>
  result.ok ? result : refuse(within(result.problem, ...outer))
