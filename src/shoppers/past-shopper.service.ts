import type { Instant } from '../kernel/clock.ts'
import { customerUsageThen } from '../offers/past-usage.service.ts'
import type { Book } from '../pricebook/book.service.ts'
import type { World } from '../shell/world.ts'
import { tiersThen } from '../tiers/history.service.ts'
import { audiencesAt } from './audiences.ts'
import { readFacts } from './facts.store.ts'
import type { KnownShopper } from './shopper.model.ts'
import { toPricingShopper } from './shopper.rules.ts'

/**
 * A customer as they were at an instant in the past, under the book of then, as far as it is kept: their tier, and what they
 * had of limited offers. Everything else that is known of them (tags, attributes, statistics) is as it is now.
 */
export async function shopperThen(world: World, book: Book, id: string, at: Instant): Promise<KnownShopper | null> {
  const audiences = audiencesAt(book, at)
  const [known] = await readFacts(world, [id], audiences, at)
  if (known === undefined) return null
  const tier = (await tiersThen(world, [id], at, book.tiers)).get(id) ?? null
  const facts = { ...known.facts, tierCode: tier?.code ?? null }
  return { ...known, facts, pricing: toPricingShopper(facts, audiences.predicates, await customerUsageThen(world, book, id, at)) }
}
