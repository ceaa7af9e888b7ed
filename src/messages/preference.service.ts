import type { CustomerRef } from '../customers/customer.model.ts'
import { customersByIds, findCustomerIds } from '../customers/customer.service.ts'
import type { Id } from '../kernel/id.ts'
import type { Problem } from '../kernel/problem.ts'
import { accept, type Result } from '../kernel/result.ts'
import { transact, type World } from '../shell/world.ts'
import { readShop } from '../shops/shop.service.ts'
import type { Preferences } from '../touches/objection.model.ts'
import { object, preferencesOf, savePreferences } from '../touches/objection.service.ts'
import { noteAtDoor } from './event.service.ts'
import type { MessageChannel } from './message.model.ts'
import type { PreferencePage, Wish } from './preference.model.ts'
import { languageOf, preferencePage, wordingOf } from './preference.rules.ts'
import { listProviders } from './provider.service.ts'
import { readUnsubscriber } from './unsubscribe.service.ts'

/** In which language somebody would read: as they chose on the page, and as their browser says. */
export type ReaderHints = { readonly chosen: string | null; readonly browser: string | null; readonly done: string | null }

type Reader = {
  readonly id: Id<'Customer'>
  readonly channel: MessageChannel
  readonly messageId: string
  readonly language: string | null
}

/** Who comes with a token: who they are now, if they were merged into somebody. Null for a token that this shop did not write. */
async function readerOf(world: World, token: string): Promise<Reader | null> {
  const who = await readUnsubscriber(world, token)
  if (who === null) return null
  const [id] = await findCustomerIds(world, [{ by: 'id', value: who.customerId }])
  if (!id) return null
  const [customer] = await customersByIds(world, [id])
  return { id, channel: who.channel, messageId: who.messageId, language: customer?.language ?? null }
}

/** The page of a token; null: it opens none. Looking at it changes nothing. */
export async function showPreferences(world: World, token: string, hints: ReaderHints): Promise<string | null> {
  const reader = await readerOf(world, token)
  if (reader === null) return null
  const [preferences] = await preferencesOf(world, [reader.id])
  if (preferences === undefined) return null
  const done = (['CHANNEL', 'ALL', 'SAVED'] as const).find((one) => one === hints.done) ?? null
  const page: PreferencePage = {
    shopName: (await readShop(world)).name,
    language: languageOf(hints.chosen, reader.language, hints.browser),
    channel: reader.channel,
    channels: await choicesOf(world, reader.channel, preferences),
    personal: preferences.personalMarketing,
    done,
  }
  return preferencePage(page)
}

/** The channels by which the shop writes, and the one by which its reader came. */
async function choicesOf(world: World, came: MessageChannel, preferences: Preferences): Promise<PreferencePage['channels']> {
  const used = new Set<string>((await listProviders(world)).flatMap(({ enabled, channel }) => (enabled ? channel : [])))
  return preferences.channels
    .filter(({ channel, purpose }) => purpose === 'MARKETING' && (used.has(channel) || channel === came))
    .map(({ channel, mayBeUsed }) => ({ channel, wanted: mayBeUsed && !preferences.objectsToAll }))
}

/** Does what somebody asks for on the page, at once and with what they saw as the proof; false: the token opens nothing. */
export async function doWish(world: World, token: string, wish: Wish, how: ReaderHints & { readonly oneClick: boolean }): Promise<boolean> {
  const reader = await readerOf(world, token)
  if (reader === null) return false
  const ref: CustomerRef = { by: 'id', value: reader.id }
  const language = languageOf(how.chosen, reader.language, how.browser)
  const source = how.oneClick ? 'one-click unsubscribe (RFC 8058)' : 'preference page'
  const proof = { source, wording: how.oneClick ? 'List-Unsubscribe=One-Click' : wordingOf(wish, reader.channel, language), at: null }
  const done = await transact(world, async (tx): Promise<Result<unknown, Problem>> => {
    const said = await say(tx, ref, reader, wish, proof)
    if (!said.ok) return said
    if (wish.kind !== 'SAVE') await noteAtDoor(tx, reader.messageId, 'UNSUBSCRIBED', null)
    return accept(null)
  })
  if (!done.ok) throw new Error(`a preference was refused: ${done.problem.code}`)
  return true
}

async function say(
  tx: World,
  ref: CustomerRef,
  reader: Reader,
  wish: Wish,
  proof: Parameters<typeof object>[3],
): Promise<Result<unknown, Problem>> {
  if (wish.kind === 'CHANNEL') return object(tx, ref, reader.channel, proof)
  if (wish.kind === 'ALL') return object(tx, ref, 'ALL', proof)
  const [preferences] = await preferencesOf(tx, [reader.id])
  if (preferences === undefined) throw new Error('a customer has preferences')
  const shown = await choicesOf(tx, reader.channel, preferences)
  const changed = shown.filter(({ channel, wanted }) => wish.channels.includes(channel) !== wanted)
  const channels = changed.flatMap(({ channel }) =>
    channel === 'PARCEL' ? [] : [{ channel, purpose: 'MARKETING' as const, granted: wish.channels.includes(channel) }],
  )
  const some = channels.some(({ granted }) => granted)
  return savePreferences(
    tx,
    ref,
    { channels, personalMarketing: wish.personal, objectsToAll: some && preferences.objectsToAll ? false : null },
    proof,
  )
}
