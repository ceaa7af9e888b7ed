import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { isProse } from '../kernel/text.ts'
import type { WantedSubscription } from './subscription.model.ts'
import { TOPIC_NAMES } from './topic.model.ts'

/** Subscriptions of a shop: each event is written once for each of those that want it. */
export const MOST_SUBSCRIPTIONS = 20
const LONGEST_URL = 2_000

export function readSubscription(wanted: WantedSubscription): Result<WantedSubscription, Problem> {
  const bad = (message: string, field: string) => refuse(problem('BAD_USER_INPUT', message, ['input', field]))
  if (!/^[\w-]{1,40}$/.test(wanted.code)) return bad('code has 1 to 40 letters, digits, dashes and underscores.', 'code')
  if (wanted.url.length > LONGEST_URL) return bad(`url has at most ${LONGEST_URL} characters.`, 'url')
  if (wanted.topics.length === 0) return bad('topics are at least one; webhookTopics lists what there is.', 'topics')
  const unknown = wanted.topics.find((topic) => !TOPIC_NAMES.includes(topic))
  if (unknown !== undefined)
    return bad(`There is no topic "${unknown.toWellFormed().slice(0, 60)}". There is: ${TOPIC_NAMES.join(', ')}.`, 'topics')
  const description = wanted.description?.trim() || null
  if (description !== null && !isProse(description, 1_000)) return bad('description has at most 1,000 characters.', 'description')
  // Each once, in one order: what is saved twice is the same.
  return accept({ ...wanted, topics: TOPIC_NAMES.filter((topic) => wanted.topics.includes(topic)), description })
}

/** A secret as Standard Webhooks writes it. */
export const secretFrom = (bytes: Uint8Array): string => `whsec_${Buffer.from(bytes).toString('base64')}`
