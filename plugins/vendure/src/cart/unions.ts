import { ResolveField, Resolver } from '@nestjs/graphql'

/** An order is an entity and does not say its type; everything else here does. */
function typeOf(value: object): string {
  return '__typename' in value ? String(value.__typename) : 'Order'
}

@Resolver('ApplyRegularsLinkResult')
export class ApplyLinkUnion {
  @ResolveField()
  __resolveType(value: object): string {
    return typeOf(value)
  }
}

@Resolver('ClaimRegularsCouponResult')
export class ClaimCouponUnion {
  @ResolveField()
  __resolveType(value: object): string {
    return typeOf(value)
  }
}
