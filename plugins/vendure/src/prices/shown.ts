import type { ShownPrice } from './member-prices'

/** As the Shop API's RegularsPrice has it. */
export function shownPrice({ member, listPrice, price, net, gross }: ShownPrice) {
  const both = (amount: number) => ({ price: net(amount), priceWithTax: gross(amount) })
  const next = member?.nextTierPrice
  return {
    answered: member !== null,
    listPrice: net(listPrice),
    listPriceWithTax: gross(listPrice),
    ...both(price),
    saving: net(listPrice) - net(price),
    savingWithTax: gross(listPrice) - gross(price),
    rules: member?.rules ?? [],
    nextTier: next ? { code: next.tier.code, name: next.tier.name, ...both(next.price) } : null,
    quantityBreaks: (member?.quantityBreaks ?? []).map(({ minQuantity, price }) => ({ minQuantity, ...both(price) })),
  }
}
