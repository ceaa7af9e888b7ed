import { Arg, Authorized, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { type Connection, toConnection } from '../api/shared/paging.ts'
import { isUuid } from '../kernel/id.ts'
import { pageRequest } from '../kernel/page.ts'
import type { PublicationState as State } from './publication.model.ts'
import { PublicationState, ScheduledPublicationConnection, ScheduledPublicationView, toPublicationView } from './publication.schema.ts'
import { cancelPublication, numberOfPublications, pageOfPublications } from './publication.service.ts'

// schedulePublication is at foresight/publishing.admin.ts, as publish is.

@Resolver()
export class PublicationAdmin {
  @Authorized('rules:read')
  @Query(() => ScheduledPublicationConnection, {
    description: 'Publications that were set for an instant, the last scheduled first. At most 250 a page.',
  })
  async scheduledPublications(
    @Arg('state', () => PublicationState, { nullable: true, description: 'Absent: all.' }) state: State | null,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50, description: 'At most 250.' }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'The endCursor of the page before.' }) after: string | null,
    @Ctx() { world }: ApiContext,
  ): Promise<Connection<ScheduledPublicationView>> {
    const request = unwrap(pageRequest(first, after, { isKey: isUuid }))
    const found = await pageOfPublications(world, state ?? null, request)
    return toConnection(found, toPublicationView, () => numberOfPublications(world, state ?? null))
  }

  @Authorized('rules:publish')
  @Mutation(() => ScheduledPublicationView, {
    description:
      'Takes a publication back whose instant lies ahead: what it set aside is a draft again, unless another draft was begun since, which stays. CONFLICT once it does not wait any more.',
  })
  async cancelPublication(
    @Arg('id', () => ID, { description: 'As schedulePublication gave it.' }) id: string,
    @Ctx() { world }: ApiContext,
  ): Promise<ScheduledPublicationView> {
    return toPublicationView(unwrap(await cancelPublication(world, id)))
  }
}
