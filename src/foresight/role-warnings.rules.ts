import type { Minor } from '../kernel/money.ts'
import type { Case } from './cases.rules.ts'
import { nameOf, type RolePrice } from './role-prices.rules.ts'
import { type Finding, finding } from './warning.model.ts'
import { inMoney, inNumber, listed } from './words.rules.ts'

export type PricedCase = { readonly of: Case; readonly prices: readonly RolePrice[] }

export const goods = ({ sku, name, quantity, lines }: Case): string => {
  if (lines.length > 1) return name
  return `${quantity === 1 ? '' : `${inNumber(quantity)} of `}"${sku}"${name === sku ? '' : ` (${name})`}`
}

/** Where somebody who has bought pays more for the same goods than somebody who has not, the dearest first. */
export function regularsPayMore(cases: readonly PricedCase[], isForFirstOrders: boolean, currency: string): Finding[] {
  const found = cases.flatMap(({ of, prices }) => {
    const newcomer = lowest(prices.filter(({ role }) => role.isNewcomer))
    if (newcomer === null) return []
    return prices.flatMap((regular) => {
      const isDearer = !regular.role.isNewcomer && regular.total > newcomer.total
      return isDearer && (regular.isApplied || newcomer.isApplied) ? [{ of, regular, newcomer }] : []
    })
  })
  found.sort((a, b) => excess(b.regular.total, b.newcomer.total) - excess(a.regular.total, a.newcomer.total))
  return found.map(({ of, regular, newcomer }) =>
    finding(
      'REGULARS_PAY_MORE',
      `${capital(nameOf(regular.role))} pays ${inMoney(regular.total, currency)} for ${goods(of)}, a newcomer ${inMoney(newcomer.total, currency)}.${whyDearer(regular, newcomer, isForFirstOrders)}`,
      { sku: of.sku, tierCode: regular.role.tierCode, quantity: of.quantity, price: regular.total, comparedWith: newcomer.total },
    ),
  )
}

/** What regulars save first may leave their cart under the step that a newcomer's cart reaches. */
const whyDearer = (regular: RolePrice, newcomer: RolePrice, isForFirstOrders: boolean): string =>
  newcomer.isOrderOffer && !regular.isApplied && !isForFirstOrders ? ' What they save before leaves the cart under the step.' : ''

/**
 * Where a rule brings goods under what they cost the shop, gifts of known cost with them, the deepest first; those who pay the
 * same are told together.
 */
export function belowCost(cases: readonly PricedCase[], costOf: ReadonlyMap<string, number>, currency: string): Finding[] {
  const found = cases.flatMap(({ of, prices }) => {
    const goodsCost = of.cost
    if (goodsCost === null) return []
    const costs = prices.map((price) => ({ ...price, gift: giftCost(price, costOf), cost: goodsCost + giftCost(price, costOf) }))
    const below = costs.filter(({ total, cost, isApplied }) => isApplied && total < cost)
    return [...Map.groupBy(below, ({ total, cost }) => `${total}/${cost}`).values()].flatMap((alike) => {
      const [first] = alike
      return first === undefined ? [] : [{ of, ...first, roles: alike.map(({ role }) => role) }]
    })
  })
  found.sort((a, b) => excess(b.cost, b.total) - excess(a.cost, a.total))
  return found.map(({ of, cost, gift, total, roles }) =>
    finding(
      'BELOW_COST',
      `${capital(listed([...new Set(roles.map(nameOf))]))} would pay ${inMoney(total, currency)} for ${goods(of)}${gift > 0 ? ' with its gifts' : ''}, which cost ${inMoney(cost, currency)}.`,
      {
        sku: of.sku,
        tierCode: roles.find(({ tierCode }) => tierCode !== null)?.tierCode ?? null,
        quantity: of.quantity,
        price: total,
        comparedWith: cost as Minor,
      },
    ),
  )
}

const giftCost = ({ gifts }: RolePrice, costOf: ReadonlyMap<string, number>): number =>
  gifts.reduce((sum, { sku, quantity }) => sum + (costOf.get(sku) ?? 0) * quantity, 0)

const excess = (much: number, little: number): number => (much === 0 ? 0 : (much - little) / much)

const lowest = (prices: readonly RolePrice[]): RolePrice | null =>
  prices.reduce<RolePrice | null>((low, one) => (low === null || one.total < low.total ? one : low), null)

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
