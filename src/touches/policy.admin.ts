import { Arg, Authorized, Ctx, Mutation, Query, Resolver } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { TouchPolicyInput, TouchPolicyView, toPolicyView } from './policy.schema.ts'
import { readPolicy, savePolicy } from './policy.service.ts'

@Resolver()
export class TouchPolicyAdmin {
  @Authorized('campaigns:read')
  @Query(() => TouchPolicyView, { description: 'Who may be spoken to, when and how often. Every shop has one before it saves its own.' })
  async touchPolicy(@Ctx() { world }: ApiContext): Promise<TouchPolicyView> {
    return toPolicyView(await readPolicy(world))
  }

  @Authorized('channels:write')
  @Mutation(() => TouchPolicyView, {
    description: 'Changes what is named of the policy. It holds from the next decision on; what waits is decided anew when its time comes.',
  })
  async saveTouchPolicy(
    @Arg('input', () => TouchPolicyInput, { description: 'What is to be otherwise.' }) input: TouchPolicyInput,
    @Ctx() { world }: ApiContext,
  ): Promise<TouchPolicyView> {
    return toPolicyView(unwrap(await savePolicy(world, input)))
  }
}
