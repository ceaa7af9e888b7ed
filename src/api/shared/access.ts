import type { AuthCheckerFn } from 'type-graphql'
import { ALLOWED, may, type Permission } from '../../access/permission.rules.ts'
import { problem } from '../../kernel/problem.ts'
import type { Access, ApiContext } from './context.ts'
import { toGraphQLError } from './errors.ts'

/**
 * Stands before every query and mutation of both APIs (`@Authorized`). It answers with an error that says what is missing,
 * never with a bare no.
 */
export const checkAccess: AuthCheckerFn<ApiContext, Access> = ({ context, info }, [wanted]) => {
  const { caller } = context
  if (caller.kind === 'NOBODY') throw toGraphQLError(problem('UNAUTHENTICATED', 'Send a key of the shop: Authorization: Bearer <key>.'))
  if (wanted === 'STOREFRONT' || wanted === 'PLUGIN') {
    if (caller.kind === 'ADMIN')
      throw toGraphQLError(
        problem('FORBIDDEN', 'An ADMIN key opens the admin API: send this to /admin/graphql, or use a PLUGIN or PUBLISHABLE key here.'),
      )
    if (wanted === 'PLUGIN' && caller.kind !== 'PLUGIN')
      throw toGraphQLError(problem('FORBIDDEN', `${info.fieldName} needs a PLUGIN key: it is for servers, never for browsers.`))
    return true
  }
  if (caller.kind !== 'ADMIN') throw toGraphQLError(problem('FORBIDDEN', 'The admin API needs an ADMIN key.'))
  if (!may(caller.role, wanted as Permission))
    throw toGraphQLError(
      problem('FORBIDDEN', `${info.fieldName} needs the permission ${wanted}, which the role ${caller.role} does not have.`, undefined, {
        permission: wanted,
        roles: Object.entries(ALLOWED).flatMap(([role, permissions]) => (permissions.includes(wanted as Permission) ? [role] : [])),
      }),
    )
  return true
}
