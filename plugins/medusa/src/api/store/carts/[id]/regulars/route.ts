import type { MedusaRequest, MedusaResponse } from '@medusajs/framework/http'
import { MedusaError } from '@medusajs/framework/utils'
import { z } from '@medusajs/framework/zod'
import { refreshCartItemsWorkflow } from '@medusajs/medusa/core-flows'
import { cartView } from '../../../../../checkout/cart-view.ts'
import { isOpen } from '../../../../../checkout/codes.ts'
import { REGULARS } from '../../../../../modules/regulars/index.ts'
import type { RegularsModuleService } from '../../../../../modules/regulars/service.ts'
import { pricedOf, rowOf } from '../../../../../pricing/price-cart.ts'

/** What is left out stays as it is. */
export const CartCodes = z.strictObject({
  codes: z.array(z.string().trim().min(1).max(200)).max(20).optional(),
  private_link_token: z.string().min(1).max(200).nullable().optional(),
})

/** How the cart is priced: what each line costs and why, refused codes, gifts, what is missing to the next step. */
export async function GET(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  res.json({ regulars: await viewOf(req) })
}

/** Puts codes and a private link into the cart, in place of those before, and prices it anew. */
export async function POST(req: MedusaRequest<z.infer<typeof CartCodes>>, res: MedusaResponse): Promise<void> {
  const { codes, private_link_token: token } = req.validatedBody
  const cartId = cartIdOf(req)
  const regulars = req.scope.resolve<RegularsModuleService>(REGULARS)
  if (!(await isOpen(req, cartId))) throw new MedusaError(MedusaError.Types.NOT_FOUND, `There is no open cart ${cartId}.`)
  const row = await rowOf(regulars, cartId)
  await regulars.updateRegularsCarts({
    id: cartId,
    codes: codes === undefined ? row.codes : [...new Set(codes)],
    link_token: token === undefined ? row.link_token : token,
  })
  await refreshCartItemsWorkflow(req.scope).run({ input: { cart_id: cartId } })
  res.json({ regulars: await viewOf(req) })
}

async function viewOf(req: MedusaRequest) {
  const regulars = req.scope.resolve<RegularsModuleService>(REGULARS)
  const [row] = await regulars.listRegularsCarts({ id: [cartIdOf(req)] })
  return cartView(row === undefined ? null : pricedOf(row), { codes: row?.codes ?? [], link_token: row?.link_token ?? null })
}

const cartIdOf = ({ params }: MedusaRequest): string => params.id ?? ''
