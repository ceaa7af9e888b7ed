import { expect, test } from 'vitest'
import { customers, orders } from '../harness/acts.ts'
import { bearer } from '../harness/client.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'
import { idOf, outcome, send, wanted } from './decide.ts'

const NOON = '2026-03-04T04:00:00Z'
const hours = (by: number) => new Date(Date.parse(NOON) + by * 3_600_000).toISOString()
const YES = { consents: [{ channel: 'EMAIL', granted: true, at: '2025-01-01T00:00:00Z' }] }
const save = (shop: TestShop, input: object) =>
  shop.admin('mutation ($input: TouchPolicyInput!) { saveTouchPolicy(input: $input) { careFirstDays waitAtMostDays } }', { input })
const refused = async (shop: TestShop, input: object) =>
  (
    await shop.ask('/admin/graphql', bearer(shop.keys.owner), 'mutation ($input: TouchPolicyInput!) { saveTouchPolicy(input: $input) { careFirstDays } }', { input })
  ).errors.map(({ extensions }) => [extensions.code, ...((extensions.inputPath as (string | number)[] | undefined) ?? [])].join(' ')) // biome-ignore format: one line

test('every shop has a policy before it saves its own, and what is not named stays', async () => {
  const shop = await openTestShop()
  const asked =
    '{ touchPolicy { caps { purposes channels most rollingDays calendar audience onCap } quietHours { channels purposes from until daysOfWeek } careFirstDays waitAtMostDays consent { channel purpose rule } } }'
  const { touchPolicy } = await shop.admin(asked)
  expect(
    touchPolicy.caps.map((cap: { most: number; rollingDays: number; onCap: string }) => [cap.most, cap.rollingDays, cap.onCap]),
  ).toEqual([
    [1, 1, 'WAIT'],
    [2, 7, 'WAIT'],
    [4, 30, 'DROP'],
  ])
  expect(touchPolicy.consent).toContainEqual({ channel: 'EMAIL', purpose: 'MARKETING', rule: 'OPT_IN' })
  expect(touchPolicy.consent).toContainEqual({ channel: 'EMAIL', purpose: 'CARE', rule: 'OPT_OUT' })
  await save(shop, { careFirstDays: 14 })
  const after = (await shop.admin(asked)).touchPolicy
  expect(after).toEqual({ ...touchPolicy, careFirstDays: 14 })
  const { consent: _, ...input } = after
  await save(shop, { ...input, caps: input.caps.map((cap: object) => cap) })
  expect((await shop.admin(asked)).touchPolicy).toEqual(after)
})

test('a policy that makes no sense is refused with where', async () => {
  const shop = await openTestShop()
  expect(await refused(shop, { caps: [{ most: 1 }] })).toEqual(['BAD_USER_INPUT input caps 0 rollingDays'])
  expect(await refused(shop, { caps: [{ most: 1, rollingDays: 1, calendar: 'DAY' }] })).toEqual(['BAD_USER_INPUT input caps 0 rollingDays'])
  expect(await refused(shop, { caps: [{ most: -1, rollingDays: 1 }] })).toEqual(['BAD_USER_INPUT input caps 0 most'])
  expect(await refused(shop, { caps: [{ most: 1, rollingDays: 1, audience: 'nonsense' }] })).toEqual(['BAD_QUERY input caps 0 audience'])
  expect(await refused(shop, { quietHours: [{ channels: ['SMS'], from: '9', until: '10:00' }] })).toEqual(['BAD_USER_INPUT input quietHours 0 from']) // biome-ignore format: one line
  expect(await refused(shop, { consent: [{ channel: 'PARCEL', purpose: 'CARE', rule: 'OPT_IN' }] })).toEqual(['BAD_USER_INPUT input consent 0 rule']) // biome-ignore format: one line
  expect(await refused(shop, { caps: Array(21).fill({ most: 1, rollingDays: 1 }) })).toEqual(['TOO_MANY_ITEMS input caps'])
})

test('caps by value: the best customers may hear of the shop more often', async () => {
  const shop = await openTestShop()
  await customers(shop, { mei: { email: 'mei@example.com', tags: ['VIP'], ...YES }, bo: { email: 'bo@example.com', ...YES } })
  await save(shop, {
    caps: [
      { most: 2, rollingDays: 7, audience: "customer_tags CONTAINS 'vip'", onCap: 'DROP' },
      { most: 1, rollingDays: 7, audience: "customer_tags NOT CONTAINS 'vip'", onCap: 'DROP' },
    ],
  })
  const [mei, bo] = [await idOf(shop, 'mei'), await idOf(shop, 'bo')]
  for (const [id, expected] of [
    [mei, ['SEND EMAIL', 'SEND EMAIL', 'DROP CAP']],
    [bo, ['SEND EMAIL', 'DROP CAP', 'DROP CAP']],
  ] as const) {
    const came = []
    for (const day of [0, 1, 2]) came.push(await send(shop, hours(24 * day), wanted(id)))
    expect(came).toEqual(expected)
  }
})

test("a segment that a cap's audience names cannot be deleted", async () => {
  const shop = await openTestShop()
  await shop.admin('mutation { saveSegment(input: { code: "best", name: "Best", query: "number_of_orders > 2" }) { id } }')
  await save(shop, { caps: [{ most: 4, calendar: 'MONTH', audience: "in_segment = 'best'" }] })
  const { errors } = await shop.ask('/admin/graphql', bearer(shop.keys.owner), 'mutation { deleteSegment(code: "best") }')
  expect(errors[0]?.message).toContain('cap 1 of the touch policy')
})

test('care comes before marketing, and a call that staff made is care', async () => {
  const shop = await openTestShop()
  await customers(shop, { mei: { email: 'mei@example.com', phone: '13800001111', ...YES } })
  await save(shop, { careFirstDays: 30 })
  const mei = await idOf(shop, 'mei')
  const now = new Date().toISOString()
  expect(await outcome(shop, now, wanted(mei))).toContain('HOLD CARE_FIRST')
  const record = () =>
    shop.admin(
      'mutation { recordTouch(input: { customer: { externalId: "mei" }, channel: PHONE, purpose: CARE, note: "asked how the tea is", idempotencyKey: "call-1" }) { id channel status byHand note } }',
    )
  const { recordTouch } = await record()
  expect(recordTouch).toMatchObject({ channel: 'PHONE', status: 'SENT', byHand: true, note: 'asked how the tea is' })
  expect((await record()).recordTouch).toEqual(recordTouch)
  expect(await outcome(shop, new Date().toISOString(), wanted(mei))).toBe('SEND EMAIL')
})

test('what happened counts by when it happened, in whatever order it is told', async () => {
  const shop = await openTestShop()
  await customers(shop, { mei: { email: 'mei@example.com', ...YES } })
  const mei = await idOf(shop, 'mei')
  const tell = async (...events: object[]) =>
    (
      await shop.storefront('mutation ($events: [CustomerEventInput!]!) { recordCustomerEvents(events: $events) }', {
        events: events.map((event) => ({ customer: { externalId: 'mei' }, ...event })),
      })
    ).recordCustomerEvents
  const ask = (at: string) => outcome(shop, at, wanted(mei))
  // Delivered is told before dispatched.
  expect(await tell({ externalId: 'e2', kind: 'ORDER_DELIVERED', subject: 'o1', at: hours(-2) })).toBe(1)
  expect(await tell({ externalId: 'e1', kind: 'ORDER_DISPATCHED', subject: 'o1', at: hours(-30) })).toBe(1)
  expect(await tell({ externalId: 'e1', kind: 'ORDER_DISPATCHED', subject: 'o1', at: hours(-30) })).toBe(0)
  await tell({ externalId: 'e3', kind: 'COMPLAINT_OPENED', subject: 'c1', at: hours(-1) })
  expect(await ask(NOON)).toContain('HOLD OPEN_COMPLAINT')
  expect(await outcome(shop, NOON, wanted(mei, { purpose: 'CARE' }))).toBe('SEND EMAIL')
  // Another complaint is settled, not this one.
  await tell({ externalId: 'e4', kind: 'COMPLAINT_CLOSED', subject: 'c0', at: hours(0) })
  expect(await ask(NOON)).toContain('HOLD OPEN_COMPLAINT')
  await tell(
    { externalId: 'e5', kind: 'COMPLAINT_CLOSED', subject: 'c1', at: hours(0) },
    { externalId: 'e6', kind: 'REFUND_REQUESTED', at: hours(0) },
  )
  expect(await ask(NOON)).toContain('HOLD PENDING_REFUND')
  await tell({ externalId: 'e7', kind: 'REFUND_SETTLED', at: hours(1) })
  expect(await ask(NOON)).toContain('HOLD PENDING_REFUND')
  expect(await ask(hours(2))).toBe('SEND EMAIL')
  // Said to be wrong: it was opened later than it was closed.
  await tell({ externalId: 'e3', kind: 'COMPLAINT_OPENED', subject: 'c1', at: hours(40) })
  expect(await ask(hours(50))).toContain('HOLD OPEN_COMPLAINT')
  expect(await ask(hours(40 + 91 * 24))).toBe('SEND EMAIL')
  const { customer } = await shop.admin(
    '{ customer(ref: { externalId: "mei" }) { events(first: 2) { totalCount nodes { externalId kind subject } } } }',
  )
  expect(customer.events).toEqual({
    totalCount: 7,
    nodes: [
      { externalId: 'e3', kind: 'COMPLAINT_OPENED', subject: 'c1' },
      { externalId: 'e7', kind: 'REFUND_SETTLED', subject: null },
    ],
  })
})

test('why nothing was sent can be read of each customer, one row a reason, page after page', async () => {
  const shop = await openTestShop()
  // What waits by now is said to wait: so this is of today.
  const start = Math.floor(Date.now() / 60_000) * 60_000
  const hours = (by: number) => new Date(start + by * 3_600_000).toISOString()
  await customers(shop, { mei: { email: 'mei@example.com', ...YES } })
  const mei = await idOf(shop, 'mei')
  expect(await send(shop, hours(0), wanted(mei))).toBe('SEND EMAIL')
  const held = wanted(mei, { channels: ['SMS', 'EMAIL'] })
  for (const hour of [1, 2, 3]) await outcome(shop, hours(hour), held)
  await outcome(shop, hours(4), wanted(mei, { channels: ['SMS'] }))
  const page = async (after: string | null) =>
    (
      await shop.admin(
        'query ($after: String) { customer(ref: { externalId: "mei" }) { refusals(first: 1, after: $after) { totalCount pageInfo { endCursor hasNextPage } nodes { kind reason channel times isOpen until byChannel { channel reason } } } } }',
        { after },
      )
    ).customer.refusals
  const first = await page(null)
  expect(first).toMatchObject({ totalCount: 2, nodes: [{ kind: 'DROP', reason: 'UNREACHABLE', channel: 'SMS' }] })
  const second = await page(first.pageInfo.endCursor)
  expect(second.pageInfo.hasNextPage).toBe(false)
  expect(second.nodes).toEqual([
    {
      kind: 'HOLD', reason: 'CAP', channel: 'EMAIL', times: 3, isOpen: true, until: new Date(hours(24)).toISOString(),
      byChannel: expect.arrayContaining([{ channel: 'SMS', reason: 'UNREACHABLE' }, { channel: 'EMAIL', reason: 'CAP' }]),
    },
  ]) // biome-ignore format: one thing
  expect(await send(shop, hours(24), held)).toBe('SEND EMAIL')
  expect((await page(first.pageInfo.endCursor)).nodes).toMatchObject([{ isOpen: false }])
  const { customer } = await shop.admin(
    '{ customer(ref: { externalId: "mei" }) { touches { totalCount nodes { channel status byHand } } } }',
  )
  expect(customer.touches.totalCount).toBe(2)
})

test('a shopper sees and says how they want to be spoken to, with their own token', async () => {
  const shop = await openTestShop()
  await customers(shop, { mei: { email: 'mei@example.com', ...YES }, bo: { email: 'bo@example.com', ...YES } })
  const { issueShopperToken } = await shop.storefront('mutation { issueShopperToken(customer: { externalId: "mei" }) { token } }')
  const browser = { ...bearer(shop.keys.publishable), 'x-shopper-token': issueShopperToken.token }
  const ask = (query: string, headers: Record<string, string> = browser) => shop.ask('/storefront/graphql', headers, query)
  const saved = await ask('mutation { savePreferences(input: { channels: [{ channel: EMAIL, purpose: MARKETING, granted: false }], wording: "No offers by mail", source: "preference page" }) { personalMarketing channels { channel purpose granted mayBeUsed } } }')
  expect(saved.errors).toEqual([])
  const channels = (saved.data as { savePreferences: { channels: object[] } }).savePreferences.channels
  expect(channels).toContainEqual({ channel: 'EMAIL', purpose: 'MARKETING', granted: false, mayBeUsed: false })
  expect(channels).toContainEqual({ channel: 'EMAIL', purpose: 'CARE', granted: true, mayBeUsed: true })
  const read = await ask('{ shopper { preferences { objectsToAll channels { channel purpose granted } } } }')
  expect(JSON.stringify(read.data)).toContain('"granted":false')
  expect(await outcome(shop, new Date().toISOString(), wanted(await idOf(shop, 'mei')))).toBe('DROP OBJECTED')
  expect(await outcome(shop, new Date().toISOString(), wanted(await idOf(shop, 'bo')))).toBe('SEND EMAIL')
  // Nobody's preferences are nobody's, and no browser says whose.
  expect(await ask('mutation { savePreferences(input: { personalMarketing: false }) { personalMarketing } }', bearer(shop.keys.publishable))).toMatchObject({ data: { savePreferences: null }, errors: [] })
  expect((await ask('mutation { savePreferences(input: { personalMarketing: false }, customer: { externalId: "bo" }) { personalMarketing } }')).errors[0]?.extensions.code).toBe('FORBIDDEN')
  const { customer } = await shop.admin('{ customer(ref: { externalId: "mei" }) { consentHistory { channel purpose granted wording source } } }')
  expect(customer.consentHistory[0]).toEqual({ channel: 'EMAIL', purpose: 'MARKETING', granted: false, wording: 'No offers by mail', source: 'preference page' })
}) // biome-ignore format: long questions

test('staff see whether somebody may be spoken to, note what they object to, and how it is known', async () => {
  const shop = await openTestShop()
  await customers(shop, { mei: { email: 'mei@example.com', ...YES } })
  await orders(shop, ['mei', 'A', 1_000, 1, '2026-01-05T03:00:00Z'])
  const foresee = async () =>
    (await shop.admin('{ foreseeTouch(customer: { externalId: "mei" }, purpose: MARKETING, channels: [SMS, EMAIL]) { kind channel reason byChannel { channel reason } } }')).foreseeTouch // biome-ignore format: one line
  expect(await foresee()).toEqual({ kind: 'SEND', channel: 'EMAIL', reason: null, byChannel: [] })
  await shop.admin('mutation { recordObjection(customer: { externalId: "mei" }, scope: ALL, proof: { source: "call of 5 March", wording: "Leave me alone" }) { objectsToAll } }') // biome-ignore format: one line
  expect(await foresee()).toMatchObject({ kind: 'DROP', channel: 'EMAIL', reason: 'OBJECTED' })
  const { customer } = await shop.admin('{ customer(ref: { externalId: "mei" }) { preferences { objectsToAll } objections { scope source wording notedBy withdrawnAt } } }') // biome-ignore format: one line
  expect(customer.preferences.objectsToAll).toBe(true)
  expect(customer.objections).toMatchObject([{ scope: 'ALL', source: 'call of 5 March', wording: 'Leave me alone', withdrawnAt: null }])
  const { customers: unsubscribed } = await shop.admin(`{ customers(query: "email_subscription_status = 'UNSUBSCRIBED'") { totalCount } }`)
  expect(unsubscribed.totalCount).toBe(1)
})

test('two files of one person are one person to caps, and two again when they are parted', async () => {
  const shop = await openTestShop()
  await customers(shop, { mei: { email: 'mei@example.com', ...YES }, mei2: { email: 'mei2@example.com', ...YES } })
  const [mei, mei2] = [await idOf(shop, 'mei'), await idOf(shop, 'mei2')]
  expect(await send(shop, NOON, wanted(mei2))).toBe('SEND EMAIL')
  await shop.admin('mutation { mergeCustomers(from: { externalId: "mei2" }, into: { externalId: "mei" }, reason: "same person") { id } }')
  expect(await outcome(shop, hours(1), wanted(mei))).toContain('HOLD CAP')
  expect(await outcome(shop, hours(1), wanted(mei2))).toContain('HOLD CAP')
  await shop.admin('mutation ($from: ID!) { unmergeCustomer(from: $from) { id } }', { from: mei2 })
  expect(await outcome(shop, hours(1), wanted(mei))).toBe('SEND EMAIL')
})

test('whoever is forgotten is reached nowhere, and that they objected stays known', async () => {
  const shop = await openTestShop()
  await customers(shop, { mei: { email: 'mei@example.com', ...YES } })
  const mei = await idOf(shop, 'mei')
  await send(shop, NOON, wanted(mei))
  await shop.admin('mutation { recordObjection(customer: { externalId: "mei" }, scope: SMS) { objectsToAll } }')
  await shop.admin('mutation { eraseCustomer(ref: { externalId: "mei" }, reason: "asked") }')
  expect(await outcome(shop, hours(48), wanted(mei, { purpose: 'CARE', channels: ['EMAIL', 'POST', 'PARCEL'] }))).toBe('DROP UNREACHABLE')
  const { customer } = await shop.admin('query ($id: ID!) { customer(ref: { id: $id }) { objections { scope } touches { totalCount } events { totalCount } } }', { id: mei }) // biome-ignore format: one line
  expect(customer).toEqual({ objections: [{ scope: 'SMS' }], touches: { totalCount: 1 }, events: { totalCount: 0 } })
})
