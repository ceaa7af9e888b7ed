import type { CustomerRef } from '../customers/customer.model.ts'
import { findCustomerId } from '../customers/customer.service.ts'
import type { Instant } from '../kernel/clock.ts'
import { type Problem, problem, within } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { type Book, bookAt, bookWith, isKept, readBook } from '../pricebook/book.service.ts'
import { codeKey } from '../pricebook/rule.model.ts'
import { rulesByCode } from '../pricebook/rule.service.ts'
import type { Quote } from '../pricing/quote.ts'
import type { World } from '../shell/world.ts'
import { shopperThen } from '../shoppers/past-shopper.service.ts'
import type { KnownShopper } from '../shoppers/shopper.model.ts'
import { shopperAt } from '../shoppers/shopper.service.ts'
import type { WantedCart } from './cart.rules.ts'
import { priceCart } from './quote.service.ts'

/** `at` null: now. */
export type WantedPreview = { readonly ref: CustomerRef | null; readonly at: Instant | null; readonly drafts: readonly string[] }

/**
 * What a cart costs a customer (null: nobody) at an instant, with these drafts in force. In the past: what it cost then, as
 * far as that is kept; in the future: what it will, if nothing changes but what is set to go into force by then.
 */
export async function previewQuote(world: World, wanted: WantedPreview, cart: WantedCart): Promise<Result<Quote, Problem>> {
  const at = wanted.at ?? world.now
  const then = wanted.at !== null && (await isKept(world, at))
  const book = await withDrafts(world, wanted.at === null ? await readBook(world) : await bookAt(world, at), wanted.drafts)
  if (!book.ok) return book
  const shopper = await asShopper(world, wanted.ref, (id) => (then ? shopperThen : shopperAt)(world, book.value, id, at))
  if (!shopper.ok) return shopper
  const asked = {
    book: book.value,
    shopper: shopper.value?.pricing ?? null,
    customerId: shopper.value?.id ?? null,
    at,
    explain: true,
    then,
  }
  return priceCart(world, asked, cart)
}

async function withDrafts(world: World, book: Book, codes: readonly string[]): Promise<Result<Book, Problem>> {
  if (codes.length > 100) return refuse(problem('TOO_MANY_ITEMS', 'At most 100 drafts at once.', ['withDrafts']))
  const drafts = new Map(
    (await rulesByCode(world, codes)).flatMap(({ code, draft }) => (draft ? [[codeKey(code), draft.terms] as const] : [])),
  )
  const missing = codes.findIndex((code) => !drafts.has(codeKey(code)))
  if (missing !== -1) return refuse(problem('NOT_FOUND', `There is no draft of "${codes[missing] ?? ''}".`, ['withDrafts', missing]))
  return accept(await bookWith(world, [...drafts.values()], book))
}

async function asShopper(
  world: World,
  ref: CustomerRef | null,
  read: (id: string) => Promise<KnownShopper | null>,
): Promise<Result<KnownShopper | null, Problem>> {
  if (ref === null) return accept(null)
  const found = await findCustomerId(world, ref)
  if (!found.ok) return refuse(within(found.problem, 'customer'))
  const shopper = await read(found.value)
  return shopper ? accept(shopper) : refuse(problem('UNKNOWN_CUSTOMER', 'This customer is not known here.', ['customer']))
}
