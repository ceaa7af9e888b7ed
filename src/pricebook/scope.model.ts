import { type Problem, within } from '../kernel/problem.ts'
import { isWord } from '../kernel/text.ts'
import type { Scope } from '../pricing/rule.ts'
import { bad, eachFault, firstOf, LONGEST_WORD, type Optional, tooMany, wholeFault, wordFault } from './checks.model.ts'

/** A scope as it is asked for; what is null is as good as absent. */
export type WantedScope = { readonly [Field in keyof Scope]?: Optional<Scope[Field]> }

type ListField = Exclude<keyof Scope, 'launchedWithinDays'>
const LISTS: readonly ListField[] = [
  'skus',
  'categories',
  'brands',
  'productTags',
  'excludedSkus',
  'excludedCategories',
  'excludedBrands',
  'excludedProductTags',
]

const MOST_ITEMS = 10_000
const LONGEST_PATH = 5_000
const MOST_DAYS = 36_500

export function scopeFault(scope: Optional<WantedScope>): Problem | null {
  if (scope === null || scope === undefined) return null
  const fault = firstOf(
    ...LISTS.map((field) => listFault(scope[field], field)),
    wholeFault(scope.launchedWithinDays, 1, MOST_DAYS, 'launchedWithinDays'),
  )
  return fault && within(fault, 'scope')
}

function listFault(list: Optional<readonly string[]>, field: ListField): Problem | null {
  if (list === null || list === undefined) return null
  if (list.length === 0) return bad(`${field} is empty: leave it out.`, field)
  if (list.length > MOST_ITEMS) return tooMany(field, MOST_ITEMS, field)
  const isOfPaths = field === 'categories' || field === 'excludedCategories'
  return eachFault(list, field, isOfPaths ? pathFault : (word) => wordFault(word, LONGEST_WORD, `each of ${field}`, []))
}

function pathFault(path: string): Problem | null {
  const isPath = path.length <= LONGEST_PATH && path.split('/').every((segment) => isWord(segment, LONGEST_WORD))
  return isPath ? null : bad('A category is its path joined with "/", as in passives/resistors: no empty part, no "/" at an end.')
}

/** The scope as it is kept: what is absent is not there, each word once; null when it says nothing. */
export function tidyScope(scope: Optional<WantedScope>): Scope | null {
  if (scope === null || scope === undefined) return null
  const lists = LISTS.flatMap((field) => {
    const list = scope[field]
    return list === null || list === undefined ? [] : [[field, [...new Set(list)]] as const]
  })
  const { launchedWithinDays } = scope
  const tidy: Scope = { ...Object.fromEntries(lists), ...(launchedWithinDays == null ? {} : { launchedWithinDays }) }
  return Object.keys(tidy).length === 0 ? null : tidy
}
