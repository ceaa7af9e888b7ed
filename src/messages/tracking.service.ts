import { newSeed } from '../shell/random.ts'
import type { World } from '../shell/world.ts'
import { noteAtDoor } from './event.service.ts'
import { secretOfShop } from './message.store.ts'
import { isWeb, readTracked, shopOfTracked } from './tracking.rules.ts'

/** Where who follows a link of a mail is sent on; null: this shop wrote no such link. `counts`: it was a person, as far as can be seen. */
export async function followTracked(world: World, token: string, counts: boolean): Promise<string | null> {
  const tracked = readTracked(token, await secretOfShop(world, newSeed()))
  if (tracked === null || tracked.link === 0 || !isWeb(tracked.url)) return null
  if (counts) await noteAtDoor(world, tracked.messageId, 'CLICKED', tracked.link)
  // Written as a header must have it: other scripts than ASCII are encoded.
  return new URL(tracked.url).href
}

/** That a mail was opened; whether this shop wrote its picture. */
export async function seeOpened(world: World, token: string, counts: boolean): Promise<boolean> {
  const tracked = readTracked(token, await secretOfShop(world, newSeed()))
  if (tracked === null || tracked.link !== 0) return false
  if (counts) await noteAtDoor(world, tracked.messageId, 'OPENED', null)
  return true
}

/** The shop that a token names; empty for what is no token at all. */
export const shopOfTrackedLink = (token: string): string => shopOfTracked(token)
