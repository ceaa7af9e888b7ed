import { findOpenKey, noteUse } from '../../access/key.service.ts'
import { customerOfToken } from '../../access/token.service.ts'
import type { Instant } from '../../kernel/clock.ts'
import { problem } from '../../kernel/problem.ts'
import type { Database } from '../../shell/database.ts'
import type { Memory } from '../../shell/memory.ts'
import { openWorld, type World } from '../../shell/world.ts'
import type { ApiContext, Caller } from './context.ts'
import { toGraphQLError } from './errors.ts'

export type Doors = { readonly database: Database; readonly memory: Memory; readonly now: () => Instant }
export type Knock = {
  readonly authorization: string | undefined
  readonly shopperToken: string | undefined
  readonly address: string
  readonly requestId: string
}

/**
 * Who is at the door. No key (or the word Bearer and none behind it): nobody, who may read the schema and no more. A key
 * or token that is wrong is refused at once, whatever is asked: it is never taken for nobody.
 */
export async function receive({ database, memory, now }: Doors, knock: Knock): Promise<ApiContext> {
  const at = now()
  const { requestId } = knock
  const nobody = { shopId: 0, actor: { kind: 'SYSTEM', id: null, name: 'nobody' }, now: at, memory, fork: database.fork } as const
  if (knock.authorization === undefined || /^Bearer *$/i.test(knock.authorization))
    return { world: openWorld(nobody), caller: { kind: 'NOBODY' }, requestId }

  const secret = /^Bearer +(\S+) *$/i.exec(knock.authorization)?.[1]
  const key = secret === undefined ? null : await findOpenKey(memory, database.fork, secret, at)
  if (key === null) throw unauthenticated('This key is unknown, expired or revoked. Send a key of the shop: Authorization: Bearer <key>.')

  const world = openWorld({ ...nobody, shopId: key.shopId, actor: { kind: 'KEY', id: key.id, name: key.name } })
  noteUse(world, key)
  return { world, caller: await callerOf(world, key.id, key.kind, key.role, knock), requestId }
}

async function callerOf(
  world: World,
  keyId: string,
  kind: 'PLUGIN' | 'PUBLISHABLE' | 'ADMIN',
  role: Parameters<typeof admin>[1] | null,
  knock: Knock,
): Promise<Caller> {
  if (kind === 'ADMIN' && role !== null) return admin(keyId, role)
  if (kind === 'PLUGIN') return { kind, keyId }
  const shopperId = knock.shopperToken === undefined ? null : await customerOfToken(world, knock.shopperToken)
  if (knock.shopperToken !== undefined && shopperId === null)
    throw unauthenticated('This shopper token is over or not of this shop: ask your server for a new one (issueShopperToken).')
  return { kind: 'PUBLISHABLE', keyId, address: knock.address, shopperId }
}

const admin = (keyId: string, role: Extract<Caller, { kind: 'ADMIN' }>['role']): Caller => ({ kind: 'ADMIN', keyId, role })

function unauthenticated(message: string) {
  const error = toGraphQLError(problem('UNAUTHENTICATED', message))
  // Apollo answers 401 instead of 500 when the context says so.
  error.extensions.http = { status: 401 }
  return error
}
