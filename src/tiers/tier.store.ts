import { rowOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { Tier } from './tier.model.ts'
import { TierRow, toTier } from './tier.row.ts'

/** The lowest rank first. */
export async function listTiers({ em, shopId }: World): Promise<Tier[]> {
  return (await em.find(TierRow, { shopId }, { orderBy: { rank: 'asc' }, refresh: true })).map(toTier)
}

export async function writeTier({ em, shopId }: World, tier: Tier): Promise<void> {
  await em.upsert(TierRow, { shopId, ...tier })
}

export async function removeTier({ em, shopId }: World, tier: Tier): Promise<void> {
  await em.nativeDelete(TierRow, { shopId, id: tier.id })
}

export async function isHeld({ em, shopId }: World, tier: Tier): Promise<boolean> {
  const row = await rowOf<{ held: boolean }>(
    em,
    sql`select exists (select 1 from customer where shop_id = ${shopId} and (tier_id = ${tier.id} or pin_tier_id = ${tier.id}))
            or exists (select 1 from company where shop_id = ${shopId} and (tier_id = ${tier.id} or pin_tier_id = ${tier.id})) as held`,
  )
  return row?.held ?? false
}
