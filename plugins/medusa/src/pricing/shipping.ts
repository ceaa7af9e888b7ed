import type { MedusaContainer } from '@medusajs/framework/types'
import { ContainerRegistrationKeys, MathBN, Modules } from '@medusajs/framework/utils'
import { REGULARS } from '../modules/regulars/index.ts'
import type { RegularsModuleService } from '../modules/regulars/service.ts'
import { PROVIDER, pricedOf } from './price-cart.ts'

type Method = {
  readonly id: string
  readonly amount: number
  readonly raw_amount?: { readonly value: string }
  readonly is_tax_inclusive: boolean
  readonly tax_lines?: readonly { readonly rate: number }[]
  readonly adjustments?: readonly { readonly id: string; readonly provider_id: string | null; readonly amount: number }[]
}

/** Takes the whole of the shipping off where an offer frees it, and no more where none does. */
export async function freeShipping(container: MedusaContainer, cartId: string): Promise<void> {
  const regulars = container.resolve<RegularsModuleService>(REGULARS)
  const [row] = await regulars.listRegularsCarts({ id: [cartId] })
  const isFree = row !== undefined && pricedOf(row)?.quote?.freeShipping === true
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const fields = ['id', 'shipping_methods.*', 'shipping_methods.adjustments.*', 'shipping_methods.tax_lines.*']
  const { data } = await query.graph({ entity: 'cart', fields, filters: { id: cartId } })
  const methods = (data[0] as unknown as { shipping_methods?: readonly Method[] } | undefined)?.shipping_methods ?? []

  const carts = container.resolve(Modules.CART)
  for (const method of methods) {
    const ours = (method.adjustments ?? []).filter(({ provider_id }) => provider_id === PROVIDER)
    const whole = withoutTax(method)
    const isRight = isFree ? ours.length === 1 && MathBN.eq(ours[0]?.amount ?? 0, whole) : ours.length === 0
    if (isRight) continue
    if (ours.length > 0) await carts.deleteShippingMethodAdjustments(ours.map(({ id }) => id))
    if (!isFree || method.amount === 0) continue
    const adjustment = { shipping_method_id: method.id, amount: whole.toFixed(), provider_id: PROVIDER, description: 'Free shipping' }
    await carts.addShippingMethodAdjustments(cartId, [adjustment as never])
  }
}

/** What is taken off shipping is always without tax in Medusa, whatever its price is. */
function withoutTax({ amount, raw_amount, is_tax_inclusive, tax_lines = [] }: Method) {
  const rate = MathBN.sum(0, ...tax_lines.map((line) => line.rate))
  const whole = MathBN.convert(raw_amount?.value ?? amount)
  return is_tax_inclusive ? MathBN.div(whole, MathBN.add(1, MathBN.div(rate, 100))) : whole
}
