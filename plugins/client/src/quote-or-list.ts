import type { Answer } from './answer.ts'
import type { RegularsError } from './error.ts'
import type { OnFallback } from './fallback.ts'
import type { CartInput, CustomerRef, QuoteQuery } from './generated/storefront.ts'
import { dataOf } from './transport.ts'
import type { Quote } from './types.ts'

export type QuoteAsked = { readonly cart: CartInput; readonly customer?: CustomerRef | null | undefined }

export type QuoteAnswer =
  | { readonly answered: true; readonly quote: Quote }
  /** The total is at list prices; null where a line says none. */
  | { readonly answered: false; readonly why: RegularsError; readonly total: number | null }

export type AskQuote = (cart: CartInput, customer: CustomerRef | null | undefined) => Promise<Answer<QuoteQuery>>

export function createQuoteOrList(ask: AskQuote, onFallback: OnFallback): (asked: QuoteAsked) => Promise<QuoteAnswer> {
  return async ({ cart, customer }) => {
    const answer = await ask(cart, customer)
    const [why] = answer.errors
    if (why === undefined) return { answered: true, quote: dataOf(answer).quote }
    onFallback(
      why,
      cart.lines.map(({ sku }) => sku),
    )
    return { answered: false, why, total: atListPrices(cart) }
  }
}

const atListPrices = ({ lines }: CartInput): number | null =>
  lines.reduce<number | null>(
    (total, { listPrice, quantity }) => (total === null || typeof listPrice !== 'number' ? null : total + listPrice * quantity),
    0,
  )
