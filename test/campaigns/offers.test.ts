import { expect, test } from 'vitest'
import { runCampaigns } from '../../src/campaigns/pulse.service.ts'
import { customers, orders, products, publishOffer, quote, saveOffer } from '../harness/acts.ts'
import { commit, held, reserve } from '../harness/checkout.ts'
import { claim, codes, couponOffer, offersOf } from '../harness/coupons.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'
import { membersOf, saveCampaign, start } from './running.ts'

// An offer of a campaign is for those who take part in it. Its control group never has it, however it is asked for.

// biome-ignore lint/suspicious/noExplicitAny: answers are looked at field by field
type Answer = any

const EVERYBODY = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`c${i}`, {}]))

/** A running campaign of forty customers, about half of them watched only; and somebody who came later. */
async function running(code = 'recall'): Promise<{ shop: TestShop; treated: readonly string[]; control: readonly string[] }> {
  const shop = await openTestShop()
  await products(shop, { A: 10_000 })
  await customers(shop, EVERYBODY)
  await saveCampaign(shop, { code, controlPercent: 50, steps: [] })
  await start(shop, code)
  await customers(shop, { late: {} })
  const members = await membersOf(shop, code)
  const of = (treated: boolean) => members.filter((member) => member.treated === treated).map(({ who }) => who)
  return { shop, treated: of(true), control: of(false) }
}

const TEN_OFF = { level: 'PRODUCT', product: { adjustment: { percentOff: 10 } } }
const totalOf = async (shop: TestShop, who: string | null, named: readonly string[] = []) => (await quote(shop, who, { A: 1 }, named)).total
const cancel = (shop: TestShop, code: string) =>
  shop.admin('mutation ($code: String!) { cancelCampaign(code: $code) { status } }', { code })

test('an automatic offer of a campaign lowers what those pay who take part, and nobody else', async () => {
  const { shop, treated, control } = await running()
  await publishOffer(shop, { code: 'welcome-back', ...TEN_OFF, campaign: 'recall' })
  for (const who of treated) expect(await totalOf(shop, who)).toBe(9_000)
  for (const who of [...control, 'late', null]) expect(await totalOf(shop, who)).toBe(10_000)
  expect(await offersOf(shop, treated[0] ?? '')).toEqual([['welcome-back', null]])
  expect(await offersOf(shop, control[0] ?? '')).toEqual([])
})

test('the audience of the offer narrows it, and is shown as it was saved', async () => {
  const { shop, treated } = await running()
  const [one = '', other = ''] = treated
  await shop.admin('mutation ($c: [CustomerRef!]!) { tagCustomers(customers: $c, add: ["vip"]) }', { c: [{ externalId: one }] })
  await publishOffer(shop, {
    code: 'vips',
    ...TEN_OFF,
    campaign: 'recall',
    audience: "customer_tags CONTAINS 'x' OR customer_tags CONTAINS 'vip'",
  })
  expect([await totalOf(shop, one), await totalOf(shop, other), await totalOf(shop, 'late')]).toEqual([9_000, 10_000, 10_000])
  const { offer } = await shop.admin('{ offer(code: "vips") { published { campaign audience } versions { nodes { campaign } } } }')
  expect(offer.published).toEqual({ campaign: 'recall', audience: "customer_tags CONTAINS 'x' OR customer_tags CONTAINS 'vip'" })
  expect(offer.versions.nodes).toEqual([{ campaign: 'recall' }])
})

test('whoever bought has left, and the campaign’s own price with it', async () => {
  const { shop, treated } = await running()
  const [one = '', other = ''] = treated
  await publishOffer(shop, { code: 'welcome-back', ...TEN_OFF, campaign: 'recall' })
  const reservation = await held(shop, { cart: { A: 1 }, as: one })
  await commit(shop, reservation.id, 'o1')
  expect([await totalOf(shop, one), await totalOf(shop, other)]).toEqual([10_000, 9_000])
})

test('paused it stays; when its time is over, or it is called off, it is gone', async () => {
  const { shop, treated } = await running()
  const [one = ''] = treated
  await publishOffer(shop, { code: 'welcome-back', ...TEN_OFF, campaign: 'recall' })
  await publishOffer(shop, { code: 'COMEBACK', ...TEN_OFF, trigger: 'CODE', campaign: 'recall' })
  await shop.admin('mutation { pauseCampaign(code: "recall") { status } }')
  expect(await totalOf(shop, one)).toBe(9_000)
  await saveCampaign(shop, { code: 'recall', controlPercent: 50, steps: [], endsAt: new Date(Date.now() + 3_600_000) })
  await runCampaigns(shop.world(new Date(Date.now() + 3_600_001)))
  expect(await totalOf(shop, one)).toBe(10_000)
  // A code that was sent stays good: it says itself until when.
  expect(await totalOf(shop, one, ['COMEBACK'])).toBe(9_000)
  expect((await quote(shop, 'late', { A: 1 }, ['COMEBACK'])).refusedCodes).toEqual([{ code: 'COMEBACK', outcome: 'NOT_IN_AUDIENCE' }])
})

test('a code of a campaign that was called off opens nothing', async () => {
  const { shop, treated } = await running()
  await publishOffer(shop, { code: 'COMEBACK', ...TEN_OFF, trigger: 'CODE', campaign: 'recall' })
  expect(await totalOf(shop, treated[0] ?? '', ['COMEBACK'])).toBe(9_000)
  await cancel(shop, 'recall')
  expect(await totalOf(shop, treated[0] ?? '', ['COMEBACK'])).toBe(10_000)
})

test('by its own clock it is over before anybody wrote that it is', async () => {
  const { shop, treated } = await running()
  await publishOffer(shop, { code: 'welcome-back', ...TEN_OFF, campaign: 'recall' })
  const endsAt = new Date(Date.now() + 1_200)
  await saveCampaign(shop, { code: 'recall', controlPercent: 50, steps: [], endsAt })
  while (Date.now() < endsAt.getTime() + 1_000) await new Promise((then) => setTimeout(then, 50))
  expect(await totalOf(shop, treated[0] ?? '')).toBe(10_000)
  expect((await shop.admin('{ campaign(code: "recall") { status } }')).campaign.status).toBe('RUNNING')
})

test('nobody of the control group gets it, by whichever door and whatever is asked at once', async () => {
  const { shop, treated, control } = await running()
  await publishOffer(shop, { code: 'welcome-back', ...TEN_OFF, campaign: 'recall' })
  await publishOffer(shop, { code: 'TYPED', ...TEN_OFF, trigger: 'CODE', campaign: 'recall' })
  await couponOffer(shop, 'claimed', { claimable: true }, { campaign: 'recall' })
  const found = await codes(shop, 'claimed', control.length)
  const asked = control.flatMap((who, i) => [
    totalOf(shop, who),
    totalOf(shop, who, ['TYPED', 'claimed', found[i] ?? '']),
    claim(shop, who, 'claimed'),
    claim(shop, who, found[i] ?? ''),
    reserve(shop, { cart: { A: 1 }, as: who, codes: ['TYPED'], total: 9_000 }).then(({ reason }: Answer) => reason),
    reserve(shop, { cart: { A: 1 }, as: who, codes: [found[i] ?? ''], total: 9_000 }).then(({ reason }: Answer) => reason),
    reserve(shop, { cart: { A: 1 }, as: who, total: 9_000 }).then(({ __typename, quote: now }: Answer) => `${__typename} ${now.total}`),
  ])
  const answers = await Promise.all(asked)
  for (let i = 0; i < answers.length; i += 7)
    expect(answers.slice(i, i + 7)).toEqual([
      10_000,
      10_000,
      'NOT_ELIGIBLE',
      'NOT_ELIGIBLE',
      'NOT_ELIGIBLE',
      'NOT_ELIGIBLE',
      'PriceChanged 10000',
    ])
  expect(await claim(shop, treated[0] ?? '', 'claimed')).toMatch(/^[A-Z0-9]{12}$/)
  const { usedCount } = (await shop.admin('{ offer(code: "TYPED") { usedCount } }')).offer
  expect(usedCount).toBe(0)
})

test('what was one with somebody who takes part gives it to nobody of the control group', async () => {
  const { shop, treated, control } = await running()
  const [one = '', watched = ''] = [treated[0], control[0]]
  await couponOffer(shop, 'thanks', {}, { campaign: 'recall' })
  await shop.admin('mutation ($c: [CustomerRef!]) { issueCoupons(offerCode: "thanks", customers: $c) }', { c: [{ externalId: one }] })
  const merge =
    'mutation ($from: CustomerRef!, $into: CustomerRef!) { mergeCustomers(from: $from, into: $into, reason: "one person") { id } }'
  await shop.admin(merge, { from: { externalId: one }, into: { externalId: watched } })
  const { shopper } = await shop.storefront('query ($c: CustomerRef!) { shopper(customer: $c) { coupons { code } } }', {
    c: { externalId: watched },
  })
  const [{ code }] = shopper.coupons
  expect((await quote(shop, watched, { A: 1 }, [code])).refusedCodes).toEqual([{ code, outcome: 'NOT_IN_AUDIENCE' }])
})

test('staff see before it is published what it would do, and to whom alone', async () => {
  const { shop, treated, control } = await running()
  const [one = '', watched = ''] = [treated[0], control[0]]
  await saveOffer(shop, { code: 'welcome-back', ...TEN_OFF, campaign: 'recall' })
  const preview = async (externalId: string) => {
    const { previewQuote } = await shop.admin(
      'query ($c: CustomerRef!) { previewQuote(cart: { lines: [{ sku: "A", quantity: 1 }] }, customer: $c, withDrafts: ["welcome-back"]) { total } }',
      { c: { externalId } },
    )
    return previewQuote.total
  }
  expect([await preview(one), await preview(watched), await preview('late')]).toEqual([9_000, 10_000, 10_000])
  await orders(shop, [one, 'A', 10_000, 1, '2026-02-03T00:00:00Z'], [watched, 'A', 10_000, 1, '2026-02-03T00:00:00Z'])
  const { simulate } = await shop.admin(
    '{ simulate(code: "welcome-back", from: "2026-02-01T00:00:00Z", to: "2026-03-01T00:00:00Z") { ordersInWindow givenAway topCustomers { externalId givenAway } } }',
  )
  expect(simulate).toEqual({ ordersInWindow: 2, givenAway: 1_000, topCustomers: [{ externalId: one, givenAway: 1_000 }] })
})

test('an offer names a campaign as campaigns are named, and keeps to what one query can ask', async () => {
  const shop = await openTestShop()
  await expect(saveOffer(shop, { code: 'x', ...TEN_OFF, campaign: "a' OR true" })).rejects.toThrow(/campaign is the code of a campaign/)
  const audience = Array.from({ length: 100 }, (_, i) => `number_of_orders = ${i}`).join(' OR ')
  await saveOffer(shop, { code: 'x', ...TEN_OFF, audience })
  await expect(saveOffer(shop, { code: 'x', ...TEN_OFF, audience, campaign: 'recall' })).rejects.toThrow(/make it shorter/)
})

test('in customer queries: who takes part, who ever did, whom it reached and who bought', async () => {
  const { shop, treated, control } = await running()
  const holds = async (query: string) => {
    const { customers: found } = await shop.admin('query ($q: String!) { customers(query: $q, first: 250) { nodes { externalId } } }', {
      q: query,
    })
    return found.nodes.map(({ externalId }: { externalId: string }) => externalId).sort()
  }
  expect(await holds("campaigns CONTAINS 'recall'")).toEqual([...treated].sort())
  expect(await holds('campaigns IS NULL')).toEqual([...control, 'late'].sort())
  const reservation = await held(shop, { cart: { A: 1 }, as: treated[0] ?? '' })
  await commit(shop, reservation.id, 'o1')
  expect(await holds("campaigns CONTAINS 'recall'")).toEqual(treated.slice(1).sort())
  expect(await holds("campaigns_ever CONTAINS 'recall'")).toEqual([...treated].sort())
  expect(await holds("campaign_conversion MATCHES (campaign = 'recall', date >= today, count = 1)")).toEqual([treated[0]])
  expect(await holds("campaign_exposure MATCHES (campaign = 'recall')")).toEqual([])
})
