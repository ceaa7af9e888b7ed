import { expect, test } from 'vitest'
import { saveProvider } from '../../src/messages/provider.service.ts'
import { sendDue } from '../../src/messages/sending.service.ts'
import { resolveTasks } from '../../src/messages/task.service.ts'

import { rowsOf, sql } from '../../src/shell/sql.ts'
import { noteDeadAddresses } from '../../src/touches/dead-address.service.ts'
import { decideTouches } from '../../src/touches/decision.service.ts'
import { object } from '../../src/touches/objection.service.ts'
import { TOPIC_NAMES } from '../../src/webhooks/topic.model.ts'
import { start } from '../campaigns/running.ts'
import { customers, pin, products, publishOffer, tiers } from '../harness/acts.ts'
import { commit, held, returnLines } from '../harness/checkout.ts'
import { claim, couponOffer, give } from '../harness/coupons.ts'
import { createLink } from '../harness/links.ts'
import { rowsOfShop } from '../harness/rows.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'
import { mailServer, mailTemplate, queue } from '../messages/mailing.ts'

// Whoever adds a table that keeps something of customers is made to say here where they are told of it, or why not.

// biome-ignore lint/suspicious/noExplicitAny: an export is looked at by name
type Told = any

/** Where in the export a table is told. What is looked at must be there for a customer of whom everything is kept. */
const TOLD: Readonly<Record<string, (told: Told) => unknown>> = {
  customer: ({ customer, mergedCustomers }) => customer.name && mergedCustomers[0].name,
  customer_identity: ({ identities }) => identities[0].value,
  customer_tag: ({ tags }) => tags.some(({ tag }: Told) => tag === 'Likes tea') && tags.some(({ tag }: Told) => tag === 'Lady'),
  customer_consent: ({ consents }) => consents[0].channel,
  customer_merge: ({ merges }) => merges[0].reason,
  customer_statistics: ({ statistics }) => statistics[0].amountSpent,
  customer_score: ({ scores }) => scores[0].rfm_group,
  tier_history: ({ tierHistory }) => tierHistory[0].pinnedTierId,
  segment_member: ({ segments }) => segments.current[0].segment,
  segment_event: ({ segments }) => segments.history[0].kind,
  shop_order: ({ orders }) => orders[0].externalId,
  order_line: ({ orders }) => orders[0].lines[0].sku,
  order_gift: ({ gifts }) => gifts[0].sku,
  order_return: ({ returns }) => returns[0].externalId,
  order_surprise: ({ reservations }) => reservations.find(({ won }: Told) => won.length > 0).won[0].prize,
  reservation: ({ reservations }) => reservations[0].quote.lines[0].sku,
  offer_use: ({ reservations }) => reservations.find(({ offers }: Told) => offers.length > 0).offers[0].code,
  link_use: ({ reservations }) => reservations.find((one: Told) => one.privateLink !== null).privateLink.state,
  customer_rule_usage: ({ limitsUsed }) => limitsUsed[0].uses,
  customer_rule_units: ({ limitsUsed }) => limitsUsed.find(({ offerCode }: Told) => offerCode === 'few').units.B,
  coupon: ({ coupons }) => coupons[0].code,
  message: ({ messages }) => messages[0].status,
  message_event: ({ messageEvents }) => messageEvents[0].detail,
  message_task: ({ staffTasks }) => staffTasks[0].note,
  message_content: ({ messages }) => messages[0].recipient && messages[0].content.text,
  touch: ({ touches }) => touches.made[0].channel,
  touch_refusal: ({ touches }) => touches.notMade[0].reason,
  objection: ({ touches }) => touches.objections[0].scope,
  customer_event: ({ touches }) => touches.events[0].kind,
  dead_address: ({ touches }) => touches.deadAddresses[0].address,
  private_link_customer: ({ privateLinks }) => privateLinks[0].note,
  campaign_member: ({ campaigns }) => campaigns[0].joinedAt,
  exposure: ({ campaigns }) => campaigns[0].exposures[0].dueAt,
  campaign_given: ({ campaignGifts }) => campaignGifts.given[0].coupons[0],
  campaign_event: ({ campaignGifts }) => campaignGifts.events[0].kind,
  webhook_event: ({ webhookEvents }) => webhookEvents[0].topic,
  webhook_delivery: ({ webhookEvents }) => webhookEvents[0].told[0].fault,
}

/** What is kept of customers and not told to them, by table and why. */
const UNTOLD: Readonly<Record<string, string>> = {
  customer_change: 'that something changed and nobody has looked yet: an id, for moments',
  idempotency_key: "the shop's own key of a request, and a hash, for 30 days; what the request did is told",
}

/** Names of a customer by which a table may know one without referring to it. */
const NAMES = /^(customer|holder|from|into|buyer|owner|person)_id$/

test('every table that keeps something of a customer is told in the export, or says why not', async () => {
  const { shop, told } = await everythingOfMei()
  const tables = await tablesOfCustomers(shop)
  const known = [...Object.keys(TOLD), ...Object.keys(UNTOLD)].sort()
  expect(tables).toEqual(known)
  const silent = Object.entries(TOLD).filter(([, look]) => !saysSomething(() => look(told)))
  expect(silent.map(([table]) => table)).toEqual([])
})

test('of a customer who was erased no word is left in any row of any table, whatever was kept of them', async () => {
  const { shop, told } = await everythingOfMei()
  const before = (await rowsOfShop(shop)).join('\n')
  for (const word of WORDS) expect(before, word).toContain(word)
  await erase(shop, { id: told.customer.id })
  const after = await rowsOfShop(shop)
  for (const word of WORDS)
    expect(
      after.filter((row) => row.includes(word)),
      word,
    ).toEqual([])
})

test('after they were erased nothing tells that a customer was in a segment of people like them', async () => {
  const { shop, told } = await everythingOfMei()
  await erase(shop, { id: told.customer.id })
  await refresh(shop, 'women')
  await refresh(shop, 'buyers')
  const { segments } = await exported(shop, { id: told.customer.id })
  expect(segments.current.map(({ segment }: Told) => segment)).toEqual(['buyers'])
  expect([...segments.current, ...segments.history].filter(({ segment }: Told) => segment === 'women')).toEqual([])
})

test('after they were erased nothing tells for which of their traits a customer was in a tier', async () => {
  const shop = await openTestShop()
  await customers(shop, { mei: { gender: 'FEMALE' } })
  await shop.admin(
    `mutation { saveTier(input: { code: "lady", name: "Lady", rank: 1, qualification: "customer_gender = 'FEMALE'" }) { code } }`,
  )
  await shop.admin('mutation { evaluateTiers { promoted } }')
  const before = await exported(shop, { externalId: 'mei' })
  expect(JSON.stringify(before.tierHistory)).toContain('FEMALE')
  await erase(shop, { externalId: 'mei' })
  const after = await exported(shop, { id: before.customer.id })
  expect(after.tierHistory.map(({ tierId }: Told) => tierId)).toEqual(before.tierHistory.map(({ tierId }: Told) => tierId))
  expect(JSON.stringify(after.tierHistory)).not.toContain('FEMALE')
})

test('what a link says is kept while one of those whom it names is known, and forgotten with the last of them', async () => {
  const shop = await openTestShop()
  await products(shop, { A: 1_000 })
  await customers(shop, { mei: {}, bo: {} })
  const { link } = await createLink(shop, { note: 'Mei and Bo share a flat', customers: [{ externalId: 'mei' }, { externalId: 'bo' }] })
  const note = async () =>
    (await shop.admin('query ($id: ID!) { privateLink(id: $id) { note status } }', { id: link.id })).privateLink as Told
  await erase(shop, { externalId: 'mei' })
  expect(await note()).toEqual({ note: 'Mei and Bo share a flat', status: 'ACTIVE' })
  await erase(shop, { externalId: 'bo' })
  expect(await note()).toEqual({ note: null, status: 'REVOKED' })
  expect((await rowsOfShop(shop)).filter((row) => row.includes('share a flat'))).toEqual([])
})

test('a merge and its undoing lose nothing of what is told', async () => {
  const { shop, told } = await everythingOfMei()
  const [other] = told.mergedCustomers
  const tally = (of: Told) => Object.fromEntries(MOVING.map((name) => [name, of[name].length]))
  await shop.admin('mutation ($from: ID!) { unmergeCustomer(from: $from) { id } }', { from: other.id })
  const apart = [await exported(shop, { id: told.customer.id }), await exported(shop, { id: other.id })]
  expect(Object.fromEntries(MOVING.map((name) => [name, apart.reduce((sum, of) => sum + of[name].length, 0)]))).toEqual(tally(told))
  await merge(shop)
  expect(tally(await exported(shop, { id: told.customer.id }))).toEqual(tally(told))
})

const MOVING = [
  'orders',
  'messages',
  'messageEvents',
  'staffTasks',
  'gifts',
  'returns',
  'coupons',
  'reservations',
  'privateLinks',
  'consents',
  'tierHistory',
  'campaigns',
]

/** Everything that tells who she is, as it was written somewhere. */
const WORDS = [
  'Mei Secret', 'mei.secret@example.com', '13899990000', 'ext-of-mei', 'ext-of-other', 'o-unionid', 'Yunnan Province', 'Dali', 'Likes tea', 'Green tea', '1991-03-27',
  'A mail to Mei', 'shoe-attribute', 'a note about Mei', 'Dear Mei', 'both are Mei', 'pinned for Mei', 'source-of-mei', 'event-of-mei', 'the tea of Mei',
  'the words of Mei', 'unknown to us is Mei',
] // biome-ignore format: one list

async function everythingOfMei(): Promise<{ shop: TestShop; told: Told }> {
  const shop = await openTestShop()
  await shop.admin('mutation ($input: WebhookSubscriptionInput!) { saveWebhookSubscription(input: $input) { secret } }', { input: { code: 'erp', url: 'https://receiver.invalid/', topics: TOPIC_NAMES } }) // biome-ignore format: one line
  await tiers(shop, 'silver')
  await products(shop, { A: { listPrice: 10_000, costPrice: 5_000, categoryPaths: [['x']] }, B: 2_000, CUP: 100 })
  await publishOffer(shop, { code: 'few', level: 'PRODUCT', perCustomerLimit: 50, scope: { skus: ['B'] }, product: { adjustment: { percentOff: 10 }, maxUnitsPerCustomer: 50 } }) // biome-ignore format: one line
  await publishOffer(shop, { code: 'lucky', level: 'ORDER', order: { steps: [{ minSubtotal: 1_000, gifts: [{ sku: 'CUP' }], surprise: [{ name: 'A cup', odds: 100, gift: { sku: 'CUP', quantity: 1 } }] }] } }) // biome-ignore format: one line
  await couponOffer(shop, 'ten', { claimable: true })
  await shop.admin('mutation ($input: SegmentInput!) { saveSegment(input: $input) { id } }', { input: { code: 'women', name: 'Women', query: "customer_gender = 'FEMALE'" } }) // biome-ignore format: one line
  await shop.admin('mutation ($input: SegmentInput!) { saveSegment(input: $input) { id } }', { input: { code: 'buyers', name: 'Buyers', query: 'number_of_orders > 0' } }) // biome-ignore format: one line
  await refresh(shop, 'women')
  await customers(shop, {
    'ext-of-mei': {
      name: 'Mei Secret',
      email: 'mei.secret@example.com',
      emailVerified: true,
      phone: '13899990000',
      phoneVerified: true,
      gender: 'FEMALE',
      birthDate: '1991-03-27',
      region: 'Yunnan Province',
      city: 'Dali',
      source: 'source-of-mei',
      tags: ['Likes tea'],
      attributes: { shoe: 'shoe-attribute' },
      identities: [{ kind: 'unionid', value: 'o-unionid' }],
      consents: [{ channel: 'SMS', granted: true, at: '2025-01-01T00:00:00Z', source: 'source-of-mei' }],
    },
    'ext-of-other': { name: 'Mei Secret too', city: 'Dali', email: 'other.secret@example.com' },
  })
  await shop.admin('mutation { saveTagRule(input: { tag: "Lady", query: "in_segment = \'women\'" }) { tag } }')
  await shop.admin('mutation { applyTagRules }')
  await shop.admin('mutation { tagCustomers(customers: [{ externalId: "ext-of-mei" }], add: ["Green tea"]) }')
  await pin(shop, 'ext-of-mei', 'silver')
  await shop.admin('mutation { pinTier(customer: { externalId: "ext-of-mei" }, tierCode: "silver", reason: "pinned for Mei") { id } }')
  await createLink(shop, { name: 'Dear Mei', note: 'a note about Mei', message: 'Dear Mei', customers: [{ externalId: 'ext-of-other' }] })
  const { token } = await createLink(shop, { items: [{ sku: 'A', adjustment: { percentOff: 50 } }] })
  await give(shop, 'ten', 'ext-of-mei')
  const code = await claim(shop, 'ext-of-mei', 'ten')
  const one = await held(shop, { cart: { A: 1, B: 2 }, as: 'ext-of-mei', codes: [code] })
  await commit(shop, one.id, 'o1')
  const two = await held(shop, { cart: { A: 1 }, as: 'ext-of-other', token })
  await commit(shop, two.id, 'o2')
  await returnLines(shop, 'o1', 'r1', { B: 1 })
  await shop.admin('mutation { evaluateScores { customers } }')
  await refresh(shop, 'women')
  await speakTo(shop)
  await publishOffer(shop, { code: 'kept', level: 'PRODUCT', trigger: 'CODE', coupons: {}, product: { adjustment: { amountOff: 1 } }, campaign: 'thanks' }) // biome-ignore format: one line
  await shop.admin('mutation { saveCampaign(input: { code: "thanks", name: "Thanks", kind: CARE, audience: "number_of_orders > 0", controlPercent: 0, steps: [{ delayDays: 3, channels: [SMS], templateCode: "thanks" }], gives: [{ offerCode: "kept", as: COUPON }], onSite: { title: "Thanks" } }) { id } }') // biome-ignore format: one line
  await start(shop, 'thanks')
  await shop.storefront(
    'mutation { recordCampaignEvents(events: [{ campaign: "thanks", kind: SEEN }], customer: { externalId: "ext-of-mei" }) }',
  )
  await callMei(shop)
  await mailServer(shop, { port: 2525 })
  await mailTemplate(shop, 'hello', { subject: 'Hello', text: 'A mail to {{ customer.name }} of {{ customer.city }}' })
  await queue(shop, 'hello', ['ext-of-mei', 'ext-of-other'])
  await merge(shop)
  await answerEvents(shop)
  return { shop, told: await exported(shop, { externalId: 'ext-of-mei' }) }
}

/** Whoever was told of her said something about her. */
async function answerEvents(shop: TestShop): Promise<void> {
  const { em, shopId } = shop.world()
  await rowsOf(
    em,
    sql`update webhook_delivery d set fault = 'it answered 400: unknown to us is Mei Secret' from webhook_event e
        where d.shop_id = ${shopId} and e.shop_id = d.shop_id and e.seq = d.seq and e.customer_id is not null`,
  )
}

/** A touch, one that was not made, an objection, something that happened, and an address at which she is not. */
async function speakTo(shop: TestShop): Promise<void> {
  const world = shop.world()
  const { customer } = await exported(shop, { externalId: 'ext-of-mei' })
  const wanted = { customerId: customer.id, purpose: 'CARE', campaignId: null, campaignCode: null, step: null, priority: 0, shielded: false, notAfter: null } as const // biome-ignore format: one line
  await decideTouches(world, [
    { ...wanted, key: 'a card', channels: ['PARCEL'] },
    { ...wanted, key: 'a push', channels: ['PUSH'] },
  ])
  await noteDeadAddresses(world, [{ customerId: customer.id, channel: 'EMAIL', address: 'mei.secret@example.com', why: 'bounced' }])
  await shop.storefront(
    'mutation { recordCustomerEvents(events: [{ externalId: "event-of-mei", customer: { externalId: "ext-of-mei" }, kind: COMPLAINT_OPENED, subject: "the tea of Mei" }]) }',
  )
  await object(world, { by: 'externalId', value: 'ext-of-mei' }, 'PERSONAL', { source: null, wording: 'No offers', at: null })
}

/** Somebody called her, and wrote down what she said. */
async function callMei(shop: TestShop): Promise<void> {
  await saveProvider(shop.world(), { code: 'calls', channel: 'PHONE', kind: 'TASK', name: 'Calls', settings: {}, enabled: true, ratePerSecond: null, costMinor: 0 }) // biome-ignore format: one line
  await mailTemplate(shop, 'call', { channel: 'PHONE', text: 'Call {{ customer.name }}' })
  const [queued] = await queue(shop, 'call', ['ext-of-mei'], { channel: 'PHONE', purpose: 'CARE' })
  await sendDue(shop.world())
  const id = queued?.kind === 'QUEUED' ? queued.id : ''
  await resolveTasks(shop.world(), [{ id, outcome: 'DONE', note: 'the words of Mei on the telephone', objects: false }])
}

const refresh = (shop: TestShop, code: string) => shop.admin('mutation ($code: String!) { refreshSegment(code: $code) { code } }', { code })
const merge = (shop: TestShop) =>
  shop.admin(
    'mutation { mergeCustomers(from: { externalId: "ext-of-other" }, into: { externalId: "ext-of-mei" }, reason: "both are Mei") { id } }',
  )
const erase = (shop: TestShop, ref: object) =>
  shop.admin('mutation ($ref: CustomerRef!) { eraseCustomer(ref: $ref, reason: "asked to be forgotten") }', { ref })
const exported = async (shop: TestShop, ref: object): Promise<Told> =>
  (await shop.admin('query ($ref: CustomerRef!) { exportCustomer(ref: $ref) }', { ref })).exportCustomer

function saysSomething(look: () => unknown): boolean {
  try {
    return Boolean(look())
  } catch {
    return false
  }
}

/** The tables that name a customer in a column, or refer to one that does, over however many. */
async function tablesOfCustomers(shop: TestShop): Promise<string[]> {
  const { em } = shop.world()
  const columns = await rowsOf<{ table: string; column: string }>(
    em,
    sql`select c.relname as "table", a.attname as "column" from pg_attribute a join pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'p')
        join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public' where a.attnum > 0 and not a.attisdropped`,
  )
  const references = await rowsOf<{ from: string; to: string }>(
    em,
    sql`select f.relname as "from", t.relname as "to" from pg_constraint k join pg_class f on f.oid = k.conrelid
        join pg_class t on t.oid = k.confrelid join pg_namespace n on n.oid = f.relnamespace and n.nspname = 'public' where k.contype = 'f'`,
  )
  const found = new Set(['customer', ...columns.filter(({ column }) => NAMES.test(column)).map(({ table }) => table)])
  for (let before = -1; before !== found.size; ) {
    before = found.size
    for (const { from, to } of references) if (found.has(to)) found.add(from)
  }
  return [...found].sort()
}
