import type { ApiContext } from '../api/shared/context.ts'
import { toGraphQLError, unwrap } from '../api/shared/errors.ts'
import { refuseUntrusted } from '../api/shared/trusted.ts'
import { type CustomerRefInput, toCustomerRef } from '../customers/customer.schema.ts'
import { resolveRef } from '../customers/customer.service.ts'
import { problem, within } from '../kernel/problem.ts'
import { refuse } from '../kernel/result.ts'
import { type Book, readBook } from '../pricebook/book.service.ts'
import type { KnownShopper } from './shopper.model.ts'
import { readShoppers } from './shopper.service.ts'

export type AtStorefront = { readonly book: Book; readonly shopper: KnownShopper | null }

/**
 * Who is at the storefront and under which book: the customer whom a trusted caller names, or the one of the browser's
 * token, or nobody. Somebody who is named and not known is UNKNOWN_CUSTOMER, never nobody.
 */
export async function atStorefront(context: ApiContext, ref: CustomerRefInput | null | undefined): Promise<AtStorefront> {
  const { world, caller } = context
  const named = ref !== null && ref !== undefined
  refuseUntrusted(context, 'customer', named)
  const book = await readBook(world)
  const wanted = named
    ? unwrap(toCustomerRef(ref, 'customer'))
    : caller.kind === 'PUBLISHABLE' && caller.shopperId !== null
      ? ({ by: 'id', value: caller.shopperId } as const)
      : null
  if (wanted === null) return { book, shopper: null }
  const found = await resolveRef(world, wanted)
  const id = unwrap(found.ok ? found : refuse(named ? within(found.problem, 'customer') : found.problem))
  const [shopper] = await readShoppers(world, book, [id])
  if (!shopper) throw toGraphQLError(problem('UNKNOWN_CUSTOMER', 'This customer is not known here.', named ? ['customer'] : undefined))
  return { book, shopper }
}
