import { type InputPath, problem } from '../../kernel/problem.ts'
import type { ApiContext } from './context.ts'
import { toGraphQLError } from './errors.ts'

/** What only a trusted caller may say: who the shopper is, what a product's list price is, and that it wants to see why. */
export type TrustedInput = 'customer' | 'listPrice' | 'explain'

/**
 * Refuses what a browser has no business to say. FORBIDDEN and never ignored: a caller that names a customer and is
 * answered as somebody else would show wrong prices without ever hearing of it.
 */
export function refuseUntrusted({ caller }: ApiContext, what: TrustedInput, given: boolean, path: InputPath = [what]): void {
  if (!given || caller.kind !== 'PUBLISHABLE') return
  throw toGraphQLError(problem('FORBIDDEN', `${what} needs a PLUGIN key: ${INSTEAD[what]}`, path))
}

const INSTEAD: Record<TrustedInput, string> = {
  customer: 'a browser is known by its shopper token (X-Shopper-Token), which your server gets from issueShopperToken.',
  listPrice: "with a PUBLISHABLE key the catalogue's list price holds. Leave it out.",
  explain: 'how a price came about is not for browsers. Leave it out.',
}
