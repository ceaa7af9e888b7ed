import { type createTransport, type MemberPrice, memberPricesDocument, RegularsError } from '@regulars/client'

type Wanted = { readonly sku: string; readonly quantity: number; readonly settle: (price: MemberPrice | RegularsError) => void }

/** As many as one request may ask for. */
const MOST = 250

/** Prices of one page: what is asked for while it is read is one request, and the same one is asked for once. */
export function createPrices(
  transport: ReturnType<typeof createTransport>,
  withinMs: number,
): (sku: string, quantity: number) => Promise<MemberPrice> {
  const known = new Map<string, Promise<MemberPrice>>()
  let wanted: Wanted[] = []

  async function askAll(): Promise<void> {
    const all = wanted
    wanted = []
    for (let from = 0; from < all.length; from += MOST) void ask(all.slice(from, from + MOST))
  }

  async function ask(some: readonly Wanted[]): Promise<void> {
    const items = some.map(({ sku, quantity }) => ({ sku, quantity }))
    // Where there was no answer just now there is none to wait for.
    const refusal = transport.breaker.refusal()
    const { data, errors } = refusal
      ? { data: null, errors: [refusal] }
      : await transport.send(memberPricesDocument, { items }, { withinMs })
    for (const [i, { settle }] of some.entries())
      settle(
        data?.memberPrices[i] ??
          errors.find(({ path }) => path?.[1] === i) ??
          errors[0] ??
          new RegularsError('BAD_ANSWER', 'No price.', false),
      )
  }

  return (sku, quantity) => {
    const name = `${quantity} ${sku}`
    let price = known.get(name)
    if (!price) {
      price = new Promise((resolve, reject) => {
        const settle: Wanted['settle'] = (given) => (given instanceof RegularsError ? reject(given) : resolve(given))
        if (wanted.push({ sku, quantity, settle }) === 1) wholeDocument().then(() => setTimeout(askAll))
      })
      known.set(name, price)
      price.catch(() => known.delete(name))
    }
    return price
  }
}

/** What is still being read brings more elements. */
function wholeDocument(): Promise<unknown> {
  if (document.readyState !== 'loading') return Promise.resolve()
  return new Promise((resolve) => document.addEventListener('DOMContentLoaded', resolve, { once: true }))
}
