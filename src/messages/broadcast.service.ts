import { trace } from '../audit/audit.service.ts'
import { type Page, type PageRequest, page } from '../kernel/page.ts'
import type { Problem } from '../kernel/problem.ts'
import { accept, type Result } from '../kernel/result.ts'
import { publicUrl } from '../shell/public-url.ts'
import { transact, type World } from '../shell/world.ts'
import { readShop } from '../shops/shop.service.ts'
import type { Broadcast, BroadcastOrders, WantedBroadcast } from './broadcast.model.ts'
import { landingOf, readBroadcast, readBroadcastToken, writeBroadcastToken } from './broadcast.rules.ts'
import {
  countBroadcastRows,
  findBroadcastRow,
  followRow,
  listBroadcastRows,
  ordersOfBroadcasts,
  writeBroadcast,
} from './broadcast.store.ts'

/** Creates the broadcast of this code, or replaces what it says; what was counted goes on. */
export function saveBroadcast(world: World, wanted: WantedBroadcast): Promise<Result<Broadcast, Problem>> {
  return transact(world, async (tx) => {
    const read = readBroadcast(wanted)
    if (!read.ok) return read
    const before = await findBroadcastRow(tx, read.value.code)
    const after = await writeBroadcast(tx, read.value)
    await trace(tx, { action: 'saveBroadcast', target: `broadcast/${after.code}`, before, after })
    return accept(after)
  })
}

export const findBroadcast = (world: World, code: string): Promise<Broadcast | null> => findBroadcastRow(world, code)

export async function pageOfBroadcasts(world: World, request: PageRequest): Promise<Page<Broadcast>> {
  return page(await listBroadcastRows(world, request), request, ({ code }) => code)
}

export const numberOfBroadcasts = (world: World): Promise<number> => countBroadcastRows(world)

/** What came of each, in the order of the codes. */
export async function broadcastOrders(world: World, codes: readonly string[]): Promise<BroadcastOrders[]> {
  const found = await ordersOfBroadcasts(world, codes)
  return codes.map((code) => found.get(code) ?? { orders: 0, revenue: 0, customers: 0 })
}

/** The one link that everybody gets; a path where nobody said where this server is. Null: it leads nowhere. */
export async function linkOfBroadcast(world: World, { code, url }: Pick<Broadcast, 'code' | 'url'>): Promise<string | null> {
  if (url === null) return null
  const shop = await readShop(world)
  return `${publicUrl(world.memory) ?? ''}/m/b/${writeBroadcastToken(shop.code, code)}`
}

/** The shop that a broadcast's link names; empty for what is none. */
export const shopOfBroadcast = (token: string): string => readBroadcastToken(token)?.shop ?? ''

/** Where who follows the link is sent on; null: there is no such broadcast. */
export async function followBroadcast(world: World, token: string, counts: boolean): Promise<string | null> {
  const read = readBroadcastToken(token)
  const url = read === null ? null : await followRow(world, read.code, counts)
  return url === null || read === null ? null : landingOf(url, read.code)
}
