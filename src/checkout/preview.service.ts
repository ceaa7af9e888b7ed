import type { CustomerRef } from '../customers/customer.model.ts'
import { findCustomerId } from '../customers/customer.service.ts'
import type { Instant } from '../kernel/clock.ts'
import { type Problem, problem, within } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { type Book, bookWith, readBook } from '../pricebook/book.service.ts'
import { codeKey } from '../pricebook/rule.model.ts'
import { rulesByCode } from '../pricebook/rule.service.ts'
import type { Quote } from '../pricing/quote.ts'
import type { World } from '../shell/world.ts'
import type { KnownShopper } from '../shoppers/shopper.model.ts'
import { shopperAt } from '../shoppers/shopper.service.ts'
import type { WantedCart } from './cart.rules.ts'
import { priceCart } from './quote.service.ts'

export type WantedPreview = { readonly ref: CustomerRef | null; readonly at: Instant; readonly drafts: readonly string[] }

/** What a cart would cost a customer (null: nobody) at an instant, with these drafts in force. */
export async function previewQuote(world: World, { ref, at, drafts }: WantedPreview, cart: WantedCart): Promise<Result<Quote, Problem>> {
  const book = await withDrafts(world, drafts)
  if (!book.ok) return book
  const shopper = await asShopper(world, book.value, ref, at)
  if (!shopper.ok) return shopper
  return priceCart(
    world,
    { book: book.value, shopper: shopper.value?.pricing ?? null, customerId: shopper.value?.id ?? null, at, explain: true },
    cart,
  )
}

async function withDrafts(world: World, codes: readonly string[]): Promise<Result<Book, Problem>> {
  if (codes.length === 0) return accept(await readBook(world))
  if (codes.length > 100) return refuse(problem('TOO_MANY_ITEMS', 'At most 100 drafts at once.', ['withDrafts']))
  const drafts = new Map(
    (await rulesByCode(world, codes)).flatMap(({ code, draft }) => (draft ? [[codeKey(code), draft.terms] as const] : [])),
  )
  const missing = codes.findIndex((code) => !drafts.has(codeKey(code)))
  if (missing !== -1) return refuse(problem('NOT_FOUND', `There is no draft of "${codes[missing] ?? ''}".`, ['withDrafts', missing]))
  return accept(await bookWith(world, [...drafts.values()]))
}

async function asShopper(world: World, book: Book, ref: CustomerRef | null, at: Instant): Promise<Result<KnownShopper | null, Problem>> {
  if (ref === null) return accept(null)
  const found = await findCustomerId(world, ref)
  if (!found.ok) return refuse(within(found.problem, 'customer'))
  const shopper = await shopperAt(world, book, found.value, at)
  return shopper ? accept(shopper) : refuse(problem('UNKNOWN_CUSTOMER', 'This customer is not known here.', ['customer']))
}
