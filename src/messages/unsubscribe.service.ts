import { publicUrl } from '../shell/public-url.ts'
import { newSeed } from '../shell/random.ts'
import type { World } from '../shell/world.ts'
import { readShop } from '../shops/shop.service.ts'
import { secretOfShop } from './message.store.ts'
import { readUnsubscribe, shopOfUnsubscribe, type Unsubscriber, writeUnsubscribe } from './unsubscribe.rules.ts'

/** Writes addresses at which the reader of a message unsubscribes; null where nobody said where this server is reached. */
export async function unsubscribeUrls(world: World): Promise<((who: Unsubscriber) => string) | null> {
  const base = publicUrl(world.memory)
  if (base === null) return null
  const [secret, shop] = [await secretOfShop(world, newSeed()), await readShop(world)]
  return (who) => `${base}/m/u/${writeUnsubscribe(shop.code, who, secret)}`
}

/** Who comes with a token; null for one that this shop did not write. */
export const readUnsubscriber = async (world: World, token: string): Promise<Unsubscriber | null> =>
  readUnsubscribe(token, await secretOfShop(world, newSeed()))

/** The shop that a token names; empty for what is no token at all. */
export const shopOfUnsubscriber = (token: string): string => shopOfUnsubscribe(token)
