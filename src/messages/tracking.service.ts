import { publicUrl } from '../shell/public-url.ts'
import { newSeed } from '../shell/random.ts'
import type { World } from '../shell/world.ts'
import { readShop } from '../shops/shop.service.ts'
import { noteAtDoor } from './event.service.ts'
import type { MessageContent } from './message.model.ts'
import { secretOfShop } from './message.store.ts'
import { isWeb, readTracked, trackLinks, trackOpen, writeTracked } from './tracking.rules.ts'

/** What is followed of a mail. */
export type Following = { readonly clicks: boolean; readonly opens: boolean }

/** Has the links of mails lead by way of this server, and a picture tell that they were opened; null where nobody said where this server is. */
export async function followerOf(
  world: World,
): Promise<((messageId: string, content: MessageContent, following: Following) => MessageContent) | null> {
  const base = publicUrl(world.memory)
  if (base === null) return null
  const [secret, { code }] = [await secretOfShop(world, newSeed()), await readShop(world)]
  const at = (door: 'c' | 'o', messageId: string, link: number, url: string) => `${base}/m/${door}/${writeTracked(code, { messageId, link, url }, secret)}`
  return (messageId, content, { clicks, opens }) => {
    if (content.html === null) return content
    const stays = content.unsubscribeUrl === null ? [] : [content.unsubscribeUrl]
    const linked = clicks ? trackLinks(content.html, stays, (link, url) => at('c', messageId, link, url)) : content.html
    return { ...content, html: opens ? trackOpen(linked, at('o', messageId, 0, '')) : linked }
  }
}

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
