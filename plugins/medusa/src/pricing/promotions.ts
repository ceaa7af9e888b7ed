import { MathBN } from '@medusajs/framework/utils'
import { PROVIDER } from './price-cart.ts'

type Item = {
  readonly id: string
  readonly subtotal?: unknown
  readonly original_total?: unknown
  readonly adjustments?: readonly { readonly provider_id?: string | null; readonly amount: unknown; readonly is_tax_inclusive?: boolean }[]
}

/**
 * What Medusa's own promotions look at: the lines less what Regulars takes off them. Each would else count from the full
 * amount, and both together could take more than there is.
 */
export function afterOurs(items: readonly Item[]): Item[] {
  return items.map((item) => {
    const { subtotal, original_total: whole } = item
    const ours = (item.adjustments ?? []).filter(({ provider_id }) => provider_id === PROVIDER)
    if (ours.length === 0 || subtotal == null || whole == null || MathBN.eq(whole as never, 0)) return item
    const less = MathBN.sum(...ours.map(({ amount }) => amount as never))
    const base = ours[0]?.is_tax_inclusive ? whole : subtotal
    const left = MathBN.div(MathBN.sub(base as never, less), base as never)
    return { ...item, subtotal: MathBN.mult(subtotal as never, left), original_total: MathBN.mult(whole as never, left) }
  })
}
