import type { Problem } from '../kernel/problem.ts'
import { accept, type Result } from '../kernel/result.ts'
import { createPrivateLink, listPrivateLinks, revokePrivateLink } from '../links/link.service.ts'
import { viewLink } from '../links/opening.service.ts'
import { transact, type World } from '../shell/world.ts'
import { readShop } from '../shops/shop.service.ts'
import { LINK } from './programme.model.ts'

/** Whether a token opens a link of the demo's shop, for whoever holds it. */
export async function opensLink(world: World, token: string): Promise<boolean> {
  const shop = await readShop(world)
  return (await viewLink(world, token, { shop, customerId: null, at: world.now, reserving: false })) !== null
}

/** Makes the demo's link, and calls back those that were: nobody knows their tokens any more. The token is the answer. */
export function makeLink(world: World): Promise<Result<string, Problem>> {
  return transact(world, async (tx) => {
    const { nodes } = await listPrivateLinks(tx, { status: 'ACTIVE', batchId: null }, { first: 250, after: null })
    for (const { id, name } of nodes.filter((link) => link.name === LINK.name)) {
      const revoked = await revokePrivateLink(tx, id)
      if (!revoked.ok) throw new Error(`could not revoke "${name}": ${revoked.problem.message}`)
    }
    const made = await createPrivateLink(tx, LINK, null)
    return made.ok ? accept(made.value.token) : made
  })
}
