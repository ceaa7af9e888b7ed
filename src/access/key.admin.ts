import { Arg, Authorized, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { instant } from '../kernel/clock.ts'
import { CreatedKeyView, KeyInput, KeyView, toKeyView } from './key.schema.ts'
import { createKey, openKeys, revokeKey } from './key.service.ts'

@Resolver()
export class KeyAdmin {
  @Authorized('keys:read')
  @Query(() => [KeyView], { description: 'Keys that are not revoked, the oldest first.' })
  async keys(@Ctx() { world }: ApiContext): Promise<KeyView[]> {
    return (await openKeys(world)).map(toKeyView)
  }

  @Authorized('keys:write')
  @Mutation(() => CreatedKeyView, { description: 'Makes a key. No key makes one of a higher role than its own: FORBIDDEN.' })
  async createKey(
    @Arg('input', () => KeyInput, { description: 'What the key is to open, and for whom.' }) input: KeyInput,
    @Ctx() { world, caller }: ApiContext,
  ): Promise<CreatedKeyView> {
    const maker = caller.kind === 'ADMIN' ? caller.role : 'ANALYST'
    const wanted = {
      kind: input.kind,
      name: input.name,
      role: input.role ?? null,
      expiresAt: input.expiresAt ? instant(input.expiresAt) : null,
    }
    const { key, secret } = unwrap(await createKey(world, wanted, maker))
    return { id: key.id, kind: key.kind, secret }
  }

  @Authorized('keys:write')
  @Mutation(() => Boolean, { description: 'Ends a key: at once here, within a second on every other node.' })
  async revokeKey(
    @Arg('id', () => ID, { description: "The key's id, as in keys." }) id: string,
    @Ctx() { world }: ApiContext,
  ): Promise<boolean> {
    return unwrap(await revokeKey(world, id))
  }
}
