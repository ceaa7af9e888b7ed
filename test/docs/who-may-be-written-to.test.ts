import { expect, test } from 'vitest'
import { openTestShop } from '../harness/shop.ts'
import { readDocument } from './document.ts'

test('what the guide sends can be sent as it stands, one after another, and does what it says', async () => {
  const { blocks } = await readDocument('docs/guides/who-may-be-written-to.md')
  const shop = await openTestShop()
  const answers = []
  for (const { info, text } of blocks) {
    const send = info === 'graphql admin' ? shop.admin : shop.storefront
    answers.push(await send(text))
  }
  expect(answers).toMatchObject([
    { upsertCustomers: [{}] },
    { savePreferences: { objectsToAll: false, personalMarketing: true, channels: expect.arrayContaining([{ channel: 'SMS', purpose: 'CARE', granted: false, mayBeUsed: false }]) } }, // biome-ignore format: one line
    { recordObjection: { channels: expect.arrayContaining([{ channel: 'PHONE', purpose: 'MARKETING', mayBeUsed: false }]) } },
    { recordCustomerEvents: 2 },
    { foreseeTouch: { kind: 'HOLD', reason: 'OPEN_COMPLAINT', channel: 'EMAIL' } },
    { recordCustomerEvents: 1 },
    { saveTouchPolicy: { caps: [{ most: 1 }, { most: 4, calendar: 'MONTH' }, { most: 1 }], careFirstDays: 60 } },
    { recordTouch: {} },
    { customer: { touches: { nodes: [{ channel: 'PHONE', byHand: true }] }, refusals: { nodes: [] }, events: { nodes: [{}, {}, {}] }, objections: [{ scope: 'PHONE' }] } }, // biome-ignore format: one line
  ])
})
