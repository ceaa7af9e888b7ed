import { Arg, Authorized, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { type Connection, toConnection } from '../api/shared/paging.ts'
import { type AdminCustomer, AdminCustomerConnection, toAdminCustomer } from '../customers/customer.schema.ts'
import { isUuid } from '../kernel/id.ts'
import { pageRequest } from '../kernel/page.ts'
import { CampaignPreviewView, toPreviewView } from './preview.schema.ts'
import { pageOfJoining, previewCampaign } from './preview.service.ts'

@Resolver(() => CampaignPreviewView)
export class CampaignPreviewAdmin {
  @Authorized('campaigns:read')
  @Query(() => CampaignPreviewView, {
    description:
      'Who would take part if the campaign started now, by which channels they would be reached, who would be left out and why, and what it may cost. NOT_FOUND when there is none, CONFLICT when it is over, TOOK_TOO_LONG after two minutes.',
  })
  async previewCampaign(
    @Arg('code', () => String, { description: 'As it was saved.' }) code: string,
    @Ctx() { world }: ApiContext,
  ): Promise<CampaignPreviewView> {
    return toPreviewView(unwrap(await previewCampaign(world, code)))
  }

  @FieldResolver(() => AdminCustomerConnection, {
    description: 'Who would join, the control group among them, in the order of their ids. At most 250 a page.',
  })
  async customers(
    @Root() { of, joining }: CampaignPreviewView,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20, description: 'At most 250.' }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'The endCursor of the page before.' }) after: string | null,
    @Ctx() { world }: ApiContext,
  ): Promise<Connection<AdminCustomer>> {
    const request = unwrap(pageRequest(first, after, { usual: 20, isKey: isUuid }))
    return toConnection(await pageOfJoining(world, of, request), toAdminCustomer, async () => joining)
  }
}
