import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from '@medusajs/framework/http'
import { ContainerRegistrationKeys, MedusaError, Modules } from '@medusajs/framework/utils'
import { refreshCartItemsWorkflow } from '@medusajs/medusa/core-flows'
import { REGULARS } from '../modules/regulars/index.ts'
import type { RegularsModuleService } from '../modules/regulars/service.ts'
import { pricedOf, rowOf } from '../pricing/price-cart.ts'

type Codes = { promo_codes: string[] }

/**
 * Storefronts have one field for codes, and send what is typed to Medusa's promotions. What Medusa does not know goes to
 * Regulars; the rest goes on as it came.
 */
export async function shareCodes(req: MedusaRequest, res: MedusaResponse, next: MedusaNextFunction): Promise<void> {
  const { promo_codes: typed } = req.validatedBody as Codes
  const cartId = req.params.id ?? ''
  const regulars = req.scope.resolve<RegularsModuleService>(REGULARS)
  if (!(await isOpen(req, cartId))) return next()
  const row = await rowOf(regulars, cartId)
  const known = new Set((await promotionsOf(req, typed)).map(({ code }) => code))
  const ours = typed.filter((code) => !known.has(code))
  // Medusa takes an empty list for "none at all".
  const isClear = req.method === 'POST' && typed.length === 0
  if (ours.length === 0 && !(isClear && row.codes.length > 0)) return next()

  const codes = isClear
    ? []
    : req.method === 'POST'
      ? [...new Set([...row.codes, ...ours])]
      : row.codes.filter((code) => !ours.includes(code))
  await useCodes(req, cartId, codes)
  if (req.method === 'POST') await mustBeKnown(req, cartId, ours)

  req.validatedBody = { promo_codes: typed.filter((code) => known.has(code)) }
  if (known.size > 0 || isClear) return next()
  const query = req.scope.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({ entity: 'cart', fields: req.queryConfig.fields, filters: { id: cartId } })
  res.status(200).json({ cart: data[0] })
}

const promotionsOf = async ({ scope }: MedusaRequest, codes: readonly string[]) =>
  codes.length === 0 ? [] : await scope.resolve(Modules.PROMOTION).listPromotions({ code: [...codes] }, { select: ['code'] })

async function useCodes({ scope }: MedusaRequest, cartId: string, codes: string[]): Promise<void> {
  await scope.resolve<RegularsModuleService>(REGULARS).updateRegularsCarts({ id: cartId, codes })
  await refreshCartItemsWorkflow(scope).run({ input: { cart_id: cartId } })
}

export async function isOpen({ scope }: MedusaRequest, cartId: string): Promise<boolean> {
  const query = scope.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({ entity: 'cart', fields: ['id', 'completed_at'], filters: { id: cartId } })
  return data[0] !== undefined && !data[0].completed_at
}

/** One that nobody knows is refused in Medusa's own words, and does not stay in the cart. */
async function mustBeKnown(req: MedusaRequest, cartId: string, typed: readonly string[]): Promise<void> {
  const row = await rowOf(req.scope.resolve<RegularsModuleService>(REGULARS), cartId)
  const unknown = pricedOf(row)?.quote?.refusedCodes.filter(({ code, outcome }) => outcome === 'UNKNOWN_CODE' && typed.includes(code)) ?? []
  if (unknown.length === 0) return
  const names = new Set(unknown.map(({ code }) => code))
  await useCodes(
    req,
    cartId,
    row.codes.filter((code) => !names.has(code)),
  )
  throw new MedusaError(MedusaError.Types.INVALID_DATA, `The promotion code ${[...names].join(', ')} is invalid`)
}
