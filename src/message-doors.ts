import type { Looks, MessageDoors } from './api/shared/message-door.ts'
import type { Instant } from './kernel/clock.ts'
import { followBroadcast, shopOfBroadcast } from './messages/broadcast.service.ts'
import { closedPage, PAGE_HEADERS, readWish } from './messages/preference.rules.ts'
import { doWish, showPreferences } from './messages/preference.service.ts'
import { receiveReceipts } from './messages/receipts.service.ts'
import { isPersonal } from './messages/tracking.rules.ts'
import { followTracked, seeOpened, shopOfTrackedLink } from './messages/tracking.service.ts'
import { shopOfUnsubscriber } from './messages/unsubscribe.service.ts'
import type { Database } from './shell/database.ts'
import type { Memory } from './shell/memory.ts'
import { type Actor, openWorld, type World } from './shell/world.ts'
import { findShop } from './shops/shop.service.ts'

type Process = { readonly database: Database; readonly memory: Memory; readonly now: () => Instant }

/** What is behind the doors to which messages lead. Each token names its shop; whoever comes with one is nobody else. */
export function messageDoors({ database, memory, now }: Process): MessageDoors {
  const worldOf = async (shopCode: string, name: string): Promise<World | null> => {
    const shop = shopCode === '' ? null : await findShop(database.fork(), shopCode)
    const actor: Actor = { kind: 'SYSTEM', id: null, name }
    return shop && openWorld({ shopId: shop.id, actor, now: now(), memory, fork: database.fork })
  }
  const counts = ({ isGet, ...looks }: Looks) => isGet && isPersonal(looks)
  return {
    receive: async (shopCode, providerCode, headers, body) => {
      const world = await worldOf(shopCode, `provider ${providerCode.slice(0, 40)}`)
      const taken = world && (await receiveReceipts(world, providerCode, headers, body))
      if (taken?.ok) return { status: 200, body: taken.value }
      const unreadable = taken?.problem.kind === 'UNREADABLE'
      return { status: unreadable ? 400 : 401, body: { error: unreadable ? taken.problem.sentence : NOT_SIGNED } }
    },
    page: async (token, hints) => {
      const world = await worldOf(shopOfUnsubscriber(token), 'preference page')
      return world && showPreferences(world, token, hints)
    },
    post: async (token, contentType, body, hints) => {
      const world = await worldOf(shopOfUnsubscriber(token), 'preference page')
      if (world === null) return { kind: 'UNKNOWN' }
      const asked = readWish(contentType, body)
      // A token that opens nothing is told so, whatever is asked.
      if (asked === null) return { kind: (await showPreferences(world, token, hints)) === null ? 'UNKNOWN' : 'WRONG' }
      const { wish, oneClick, language } = asked
      const done = await doWish(world, token, wish, { ...hints, chosen: language ?? hints.chosen, oneClick })
      return done
        ? { kind: 'DONE', oneClick, said: wish.kind === 'SAVE' ? 'SAVED' : wish.kind, language: language ?? hints.chosen }
        : { kind: 'UNKNOWN' }
    },
    click: async (token, looks) => {
      const world = await worldOf(shopOfTrackedLink(token), 'link')
      return world && followTracked(world, token, counts(looks))
    },
    opened: async (token, looks) => {
      const world = await worldOf(shopOfTrackedLink(token), 'picture')
      return world !== null && seeOpened(world, token, counts(looks))
    },
    broadcast: async (token, looks) => {
      const world = await worldOf(shopOfBroadcast(token), 'broadcast')
      return world && followBroadcast(world, token, counts(looks))
    },
    closed: closedPage('closed'),
    wait: closedPage('wait'),
    headers: PAGE_HEADERS,
  }
}

const NOT_SIGNED = 'Nobody who is known here signed this just now (docs/guides/message-providers.md).'
