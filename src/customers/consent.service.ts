import { changed } from '../shell/topic.ts'
import type { World } from '../shell/world.ts'
import type { Consent } from './customer.model.ts'
import { findConsents, type Owned } from './customer.store.ts'
import { CUSTOMERS } from './customer.topic.ts'
import { addConsents } from './customer-file.store.ts'

/** Keeps words of customers who are held, in the order given, beside what they said before. */
export async function keepWords(world: World, words: readonly Owned<Consent>[]): Promise<void> {
  if (words.length === 0) return
  await addConsents(world, words)
  changed(world, CUSTOMERS, [...new Set(words.map(({ customerId }) => customerId))])
}

/** All that these customers ever said, the oldest first. */
export const wordsOf = (world: World, customerIds: readonly string[]): Promise<Owned<Consent>[]> => findConsents(world, customerIds)
