import { expect, test } from 'vitest'
import { Memory } from '../../src/shell/memory.ts'
import { noteDeadAddresses } from '../../src/touches/dead-address.service.ts'
import { object, objectionsOf, preferencesOf, savePreferences, withdrawObjection } from '../../src/touches/objection.service.ts'
import { afterObjections, type SaidNo } from '../../src/touches/objection.topic.ts'
import { addressesOf } from '../../src/touches/reach.service.ts'
import { customers } from '../harness/acts.ts'
import { openTestShop } from '../harness/shop.ts'
import { idOf, outcome, wanted } from './decide.ts'

const NOON = '2026-03-04T04:00:00Z'
const LATER = '2026-03-05T04:00:00Z'
const MEI = { by: 'externalId', value: 'mei' } as const
const PROOF = { source: 'phone call', wording: 'Please do not write to me', at: null }
const YES = { channel: 'EMAIL', granted: true, at: '2025-01-01T00:00:00Z' }

test('an objection to everything is kept with its proof, and what they had said yes to comes back when they withdraw it', async () => {
  const shop = await openTestShop()
  await customers(shop, { mei: { email: 'mei@example.com', phone: '13800001111', consents: [YES] } })
  const id = await idOf(shop, 'mei')
  await object(shop.world(new Date(NOON)), MEI, 'ALL', PROOF)
  await object(shop.world(new Date(NOON)), MEI, 'ALL', PROOF)
  const [objections] = await objectionsOf(shop.world(), [id])
  expect(objections).toMatchObject([{ scope: 'ALL', wording: 'Please do not write to me', source: 'phone call', withdrawnAt: null }])
  expect(await outcome(shop, NOON, wanted(id, { purpose: 'CARE', channels: ['EMAIL', 'PARCEL'] }))).toBe('DROP OBJECTED')
  await withdrawObjection(shop.world(new Date(LATER)), MEI, 'ALL', { ...PROOF, wording: 'Write to me again' })
  expect(await outcome(shop, LATER, wanted(id))).toBe('SEND EMAIL')
  expect(await outcome(shop, LATER, wanted(id, { channels: ['SMS'] }))).toBe('DROP OBJECTED')
})

test('who wants no marketing meant for them alone still gets care', async () => {
  const shop = await openTestShop()
  await customers(shop, { mei: { email: 'mei@example.com', consents: [YES] } })
  const id = await idOf(shop, 'mei')
  await savePreferences(shop.world(new Date(NOON)), MEI, { channels: [], personalMarketing: false, objectsToAll: null }, PROOF)
  expect(await outcome(shop, NOON, wanted(id))).toBe('DROP OBJECTED')
  expect(await outcome(shop, NOON, wanted(id, { purpose: 'CARE' }))).toBe('SEND EMAIL')
  const [preferences] = await preferencesOf(shop.world(), [id])
  expect(preferences).toMatchObject({ personalMarketing: false, objectsToAll: false })
})

test('a list that says yes every night, undated, does not talk over a no that the shop was told; a dated yes does', async () => {
  const shop = await openTestShop()
  const upsert = (consent: object) =>
    customers(shop, { mei: { email: 'mei@example.com', consents: [{ channel: 'EMAIL', granted: true, ...consent }] } })
  await upsert({})
  const id = await idOf(shop, 'mei')
  const now = () => new Date().toISOString()
  expect(await outcome(shop, now(), wanted(id))).toBe('SEND EMAIL')
  await savePreferences(shop.world(), MEI, { channels: [{ channel: 'EMAIL', purpose: 'MARKETING', granted: false }], personalMarketing: null, objectsToAll: null }, PROOF) // biome-ignore format: one line
  await upsert({})
  expect(await outcome(shop, now(), wanted(id))).toBe('DROP OBJECTED')
  await upsert({ at: now() })
  expect(await outcome(shop, now(), wanted(id))).toContain('HOLD CAP')
})

test('whoever follows objections hears of each no in its transaction', async () => {
  const shop = await openTestShop()
  await customers(shop, { mei: { email: 'mei@example.com', consents: [YES] } })
  const heard: SaidNo[] = []
  const memory = new Memory()
  afterObjections(memory, async (_, said) => void heard.push(...said))
  await object({ ...shop.world(), em: shop.world().em, memory }, MEI, 'SMS', PROOF)
  expect(heard).toMatchObject([{ scope: 'SMS', purpose: null }])
})

test('an address at which nobody is reaches nobody, until they have another', async () => {
  const shop = await openTestShop()
  await customers(shop, { mei: { email: 'Mei@Example.com', phone: '+86 138 0000 1111', identities: [{ kind: 'openid', value: 'o-1' }] } })
  const id = await idOf(shop, 'mei')
  const addresses = async () => (await addressesOf(shop.world(), [id])).get(id)
  expect(await addresses()).toMatchObject({ EMAIL: 'Mei@Example.com', SMS: '13800001111', WECHAT: 'o-1', PARCEL: 'mei' })
  await noteDeadAddresses(shop.world(), [{ customerId: id, channel: 'EMAIL', address: 'mei@example.com', why: 'bounced' }])
  expect(await addresses()).not.toHaveProperty('EMAIL')
  await customers(shop, { mei: { email: 'mei.new@example.com' } })
  expect(await addresses()).toMatchObject({ EMAIL: 'mei.new@example.com' })
})

test('one call says each thing once, and who changes their mind all day says no for as long as they like, and yes tomorrow', async () => {
  const shop = await openTestShop()
  await customers(shop, { mei: { email: 'mei@example.com' } })
  const save = (granted: boolean, times = 1) =>
    savePreferences(shop.world(), MEI, { channels: Array.from({ length: times }, () => ({ channel: 'EMAIL' as const, purpose: null, granted })), personalMarketing: null, objectsToAll: null }, PROOF) // biome-ignore format: one line
  expect((await save(true, 50)).ok).toBe(true)
  expect(await save(true, 51)).toMatchObject({ ok: false, problem: { code: 'TOO_MANY_ITEMS' } })
  const said = async () =>
    (await shop.admin('{ customer(ref: { externalId: "mei" }) { consentHistory { granted } } }')).customer.consentHistory.length
  expect(await said()).toBe(1)
  const both = [true, false].map((granted) => ({ channel: 'EMAIL' as const, purpose: null, granted }))
  const flip = { channels: Array.from({ length: 24 }, () => both).flat(), personalMarketing: null, objectsToAll: null }
  for (let i = 0; i < 5; i++) await savePreferences(shop.world(), MEI, flip, PROOF)
  expect(await said()).toBeGreaterThan(200)
  expect(await save(true)).toMatchObject({ ok: false, problem: { code: 'RATE_LIMITED' } })
  expect((await save(false)).ok).toBe(true)
  expect(await outcome(shop, new Date().toISOString(), wanted(await idOf(shop, 'mei')))).toBe('DROP OBJECTED')
})
