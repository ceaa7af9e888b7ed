import { Arg, Authorized, Ctx, Int, Query, Resolver } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { type Connection, toConnection } from '../api/shared/paging.ts'
import { isUuid } from '../kernel/id.ts'
import { pageRequest } from '../kernel/page.ts'
import { AuditEntryConnection, type AuditEntryView, toAuditEntryView } from './audit.schema.ts'
import { countAudit, listAudit } from './audit.service.ts'

@Resolver()
export class AuditAdmin {
  @Authorized('audit:read')
  @Query(() => AuditEntryConnection, { description: 'Who changed what, the newest first. Kept for good. At most 250 a page.' })
  async auditLog(
    @Arg('target', () => String, { nullable: true, description: 'Only what was done to this, e.g. ladder/summer; absent: everything.' })
    target: string | null | undefined,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50, description: 'How many; 0 to 250.' }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: "The last page's endCursor." }) after: string | null,
    @Ctx() { world }: ApiContext,
  ): Promise<Connection<AuditEntryView>> {
    const request = unwrap(pageRequest(first, after, { isKey: isUuid }))
    return toConnection(await listAudit(world, target ?? null, request), toAuditEntryView, () => countAudit(world, target ?? null))
  }
}
