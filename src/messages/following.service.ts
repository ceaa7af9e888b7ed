import { publicUrl } from '../shell/public-url.ts'
import { newSeed } from '../shell/random.ts'
import type { World } from '../shell/world.ts'
import { readShop } from '../shops/shop.service.ts'
import type { MessageContent } from './message.model.ts'
import { secretOfShop } from './message.store.ts'
import type { Provider } from './provider.model.ts'
import { trackLinks, trackOpen, writeTracked } from './tracking.rules.ts'

/** Has a mail be followed as far as its provider's settings say: what it is to be instead. */
export type Follower = (provider: Provider, messageId: string, content: MessageContent) => MessageContent

/** Has the links of mails lead by way of this server, and a picture tell that they were opened; where nobody said where this server is, nothing. */
export async function followerOf(world: World): Promise<Follower> {
  const base = publicUrl(world.memory)
  if (base === null) return (_, __, content) => content
  const [secret, { code }] = [await secretOfShop(world, newSeed()), await readShop(world)]
  const at = (door: 'c' | 'o', messageId: string, link: number, url: string) =>
    `${base}/m/${door}/${writeTracked(code, { messageId, link, url }, secret)}`
  return ({ kind, settings }, messageId, content) => {
    if (kind !== 'SMTP' || content.html === null) return content
    const stays = content.unsubscribeUrl === null ? [] : [content.unsubscribeUrl]
    const linked =
      settings.trackClicks === true ? trackLinks(content.html, stays, (link, url) => at('c', messageId, link, url)) : content.html
    return { ...content, html: settings.trackOpens === true ? trackOpen(linked, at('o', messageId, 0, '')) : linked }
  }
}
