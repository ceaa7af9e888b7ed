import { type InputPath, type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { isWord } from '../kernel/text.ts'
import { tagKey } from '../query/facts.ts'
import type { Tag } from './customer.model.ts'

const MAX_TAGS = 100
const MAX_TAG = 100

/** Tags as they are kept: trimmed, each once whatever its case, the first writing. */
export function readTags(texts: readonly string[], path: InputPath): Result<readonly Tag[], Problem> {
  if (texts.length > MAX_TAGS)
    return refuse(problem('TOO_MANY_ITEMS', `At most ${MAX_TAGS} tags at once; these are ${texts.length}.`, path))
  const tags = new Map<string, Tag>()
  for (const [i, text] of texts.entries()) {
    if (!isWord(text, MAX_TAG))
      return refuse(problem('BAD_USER_INPUT', `A tag must have 1 to ${MAX_TAG} printable characters.`, [...path, i]))
    const key = tagKey(text.trim())
    if (!tags.has(key)) tags.set(key, { key, text: text.trim() })
  }
  return accept([...tags.values()])
}

export type Retagging = { readonly add: readonly Tag[]; readonly remove: readonly Tag[] }

/** Which tags come and which go. Both ways at once is a mistake, and so is none at all. */
export function decideRetagging(add: readonly string[], remove: readonly string[]): Result<Retagging, Problem> {
  const coming = readTags(add, ['add'])
  if (!coming.ok) return coming
  const going = readTags(remove, ['remove'])
  if (!going.ok) return going
  if (coming.value.length + going.value.length === 0) return refuse(problem('BAD_USER_INPUT', 'Name tags to add or to remove.', ['add']))
  const both = coming.value.find(({ key }) => going.value.some((tag) => tag.key === key))
  if (both !== undefined)
    return refuse(problem('BAD_USER_INPUT', `The tag "${both.text}" cannot be added and removed at once.`, ['remove']))
  return accept({ add: coming.value, remove: going.value })
}
