import { defineMiddlewares, validateAndTransformBody } from '@medusajs/framework/http'
import { shareCodes } from '../checkout/codes.ts'
import { repriceRefused } from '../checkout/refused.ts'
import { showMemberPrices } from '../pricing/listing.ts'
import { priceForWhoSignedIn, rememberWhoSignedIn } from '../request.ts'
import { tellOfMembers } from '../sync/groups.ts'
import { CartCodes } from './store/carts/[id]/regulars/route.ts'

export default defineMiddlewares({
  routes: [
    { matcher: '/store/carts*', middlewares: [rememberWhoSignedIn] },
    { method: 'POST', matcher: '/store/carts/:id/customer', middlewares: [priceForWhoSignedIn] },
    { method: 'POST', matcher: '/store/carts/:id/complete', middlewares: [repriceRefused] },
    { method: ['POST', 'DELETE'], matcher: '/store/carts/:id/promotions', middlewares: [shareCodes] },
    { method: 'POST', matcher: '/store/carts/:id/regulars', middlewares: [validateAndTransformBody(CartCodes)] },
    { method: 'GET', matcher: '/store/products*', middlewares: [showMemberPrices] },
    { method: 'GET', matcher: '/store/product-variants*', middlewares: [showMemberPrices] },
    { method: 'POST', matcher: '/admin/customer-groups/:id/customers', middlewares: [tellOfMembers] },
    { method: 'POST', matcher: '/admin/customers/:id/customer-groups', middlewares: [tellOfMembers] },
  ],
})
