import { defineMiddlewares, validateAndTransformBody } from '@medusajs/framework/http'
import { showMemberPrices } from '../pricing/listing.ts'
import { rememberWhoSignedIn } from '../request.ts'
import { CartCodes } from './store/carts/[id]/regulars/route.ts'

export default defineMiddlewares({
  routes: [
    { matcher: '/store/carts*', middlewares: [rememberWhoSignedIn] },
    { method: 'GET', matcher: '/store/products*', middlewares: [showMemberPrices] },
    { method: 'GET', matcher: '/store/product-variants*', middlewares: [showMemberPrices] },
    { method: 'POST', matcher: '/store/carts/:id/regulars', middlewares: [validateAndTransformBody(CartCodes)] },
  ],
})
