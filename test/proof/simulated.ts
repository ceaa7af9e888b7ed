import type { App } from '../../src/app.ts'
import { runCampaigns } from '../../src/campaigns/pulse.service.ts'
import { sendDue } from '../../src/messages/sending.service.ts'
import { rowsOf, sql } from '../../src/shell/sql.ts'
import type { TestShop } from '../harness/shop.ts'
import type { Mailbox } from '../messages/mailbox.ts'
import { drawn, type Fate, fateOf, trueEffect } from './buying.ts'
import { breaches, type Limits } from './promises.ts'

// A win-back of 60 days and eight exposures, through the product from the first call to the report, on a clock of its own. The shop's staff
// speak through the admin API, its web shop through the storefront API, mail goes to a real server, and customers answer through the
// addresses in their mail.

const HOUR = 3_600_000
const DAY = 24 * HOUR
export const DAYS = 60

export const LIMITS: Limits = { zone: 'Europe/London', perWeek: 2, perMonth: 4, perMonthValued: 6, from: 21, until: 9 }

/** When in the day the shop's server wakes. At 20:30 it decides what it may only send after nine: that must wait. */
const WAKES = [1, 8.5, 11, 15.25, 20.5]

export type Simulated = { readonly shop: TestShop; readonly box: Mailbox; readonly clock: { now: number } }
export type Run = { readonly effect: number; readonly seed: string; readonly audience: string }

type Member = { readonly id: string; readonly who: string; readonly treated: boolean; readonly joined: number }

/** What of the report has a truth beside it, per member. */
type Metric = 'BUYERS' | 'ORDERS' | 'REVENUE'
export type Lift = {
  readonly metric: Metric
  readonly verdict: string
  readonly absolute: { readonly value: number; readonly low: number; readonly high: number } | null
}

export type Outcome = {
  readonly members: number
  readonly treated: number
  readonly mails: number
  readonly opens: number
  readonly clicks: number
  readonly unsubscribed: number
  readonly orders: number
  readonly heldOrDropped: Readonly<Record<string, number>>
  readonly truth: Readonly<Record<Metric, number>>
  readonly lifts: readonly Lift[]
  readonly breaches: Readonly<Record<string, number>>
  readonly sent: number
}

/** Staff's part: who carries mail, how often at most, and a news campaign that wants the same customers. */
export async function prepare({ shop, box }: Simulated, run: Run): Promise<void> {
  await shop.admin('mutation ($input: MessageProviderInput!) { saveMessageProvider(input: $input) { code } }', {
    input: {
      code: 'mail',
      channel: 'EMAIL',
      kind: 'SMTP',
      name: 'Mail',
      smtp: { host: '127.0.0.1', port: box.port, security: 'NONE', from: 'shop@example.com', trackOpens: true },
      costPerMessage: 1,
    },
  })
  const everyDay = { channels: ['EMAIL'], from: `${LIMITS.from}:00`, until: `0${LIMITS.until}:00` }
  const valued = "customer_tags CONTAINS 'valued'"
  await shop.admin('mutation ($input: TouchPolicyInput!) { saveTouchPolicy(input: $input) { careFirstDays } }', {
    input: {
      quietHours: [everyDay],
      caps: [
        { most: LIMITS.perWeek, rollingDays: 7, onCap: 'WAIT' },
        { most: LIMITS.perMonth, rollingDays: 28, audience: `NOT ${valued}`, onCap: 'DROP' },
        { most: LIMITS.perMonthValued, rollingDays: 28, audience: valued, onCap: 'DROP' },
      ],
    },
  })
  const { adoptCampaign } = await shop.admin(
    'mutation { adoptCampaign(code: "win-back-regulars", as: "win-back") { offerCodes templateCodes campaign { gives { offerCode as } } } }',
  )
  await shop.admin('mutation ($codes: [String!]!) { publish(codes: $codes) { bookVersion } }', { codes: adoptCampaign.offerCodes })
  const [first, second, third] = adoptCampaign.templateCodes
  const step = (delayDays: number, templateCode: string, more: object = {}) => ({ channels: ['EMAIL'], delayDays, templateCode, ...more })
  const missed = { onlyIf: 'NOT_BOUGHT' }
  const save = 'mutation ($input: CampaignInput!) { saveCampaign(input: $input) { status } }'
  await shop.admin(save, {
    input: {
      code: 'win-back',
      name: 'Win-back',
      kind: 'WIN_BACK',
      audience: run.audience,
      attributionDays: DAYS,
      controlPercent: 35,
      priority: 50,
      gives: adoptCampaign.campaign.gives,
      steps: [
        step(0, first),
        step(5, second, missed),
        step(7, third, missed),
        step(7, first, missed),
        step(8, second, { onlyIf: 'OPENED_NOT_BOUGHT' }),
        step(9, third, missed),
        step(9, first, missed),
        step(9, second, missed),
      ],
    },
  })
  const words = {
    subject: 'News',
    text: 'News of the shop for {{ customer.external_id }}.',
    html: '<p>News of the shop. <a href="https://shop.example/news">See it</a></p>',
  }
  await shop.admin('mutation ($input: MessageTemplateInput!) { saveMessageTemplate(input: $input) { version } }', {
    input: { code: 'news', name: 'News', variants: [{ channel: 'EMAIL', ...words }] },
  })
  await shop.admin(save, {
    input: {
      code: 'news',
      name: 'News',
      kind: 'ANNOUNCEMENT',
      audience: run.audience,
      attributionDays: 1,
      controlPercent: 5,
      steps: [step(6, 'news'), step(3, 'news'), step(3, 'news')],
    },
  })
}

function consentOf(who: string, seed: string): 'YES' | 'NO' | 'NOTHING' {
  const draw = drawn(seed, who, 'consent')
  return draw < 0.04 ? 'NOTHING' : draw < 0.07 ? 'NO' : 'YES'
}

/** Gives the shop's customers addresses and consents; a few say nothing, and a few no. Every fourth is worth more to it. */
export async function makeReachable({ shop, clock }: Simulated, seed: string): Promise<void> {
  const { em, shopId } = shop.world()
  const all = await rowsOf<{ who: string }>(
    em,
    sql`select external_id as who from customer where shop_id = ${shopId} and external_id is not null order by 1`,
  )
  for (let from = 0; from < all.length; from += 250) {
    const some = all.slice(from, from + 250)
    const at = new Date(clock.now - 30 * DAY)
    const said = (who: string) => {
      const answer = consentOf(who, seed)
      return answer === 'NOTHING' ? [] : [{ channel: 'EMAIL', granted: answer === 'YES', at, source: 'sign-up' }]
    }
    await shop.storefront('mutation ($all: [CustomerInput!]!) { upsertCustomers(customers: $all) { externalId } }', {
      all: some.map(({ who }) => ({ externalId: who, email: `c${who}@example.com`, emailVerified: true, consents: said(who) })),
    })
    const valued = some.filter(({ who }) => drawn(seed, who, 'valued') < 0.25)
    await shop.admin('mutation ($all: [CustomerRef!]!) { tagCustomers(customers: $all, add: ["valued"]) }', {
      all: valued.map(({ who }) => ({ externalId: who })),
    })
  }
}

/** Runs both campaigns for as long as they count, and says what came of it. `wakes`: at which hours of each day, or of every so many days. */
export async function simulate(simulated: Simulated, run: Run, wakes: readonly number[] = WAKES, everyDays = 1): Promise<Outcome> {
  const { shop, box, clock } = simulated
  const begin = clock.now
  await shop.admin('mutation { a: startCampaign(code: "win-back") { status } b: startCampaign(code: "news") { status } }')
  await runCampaigns(shop.world(new Date(clock.now)))
  const members = await membersOf(shop)
  const fates = new Map(members.map(({ who }) => [who, fateOf(who, run.effect, run.seed)]))
  const customers = new Crowd(simulated, run.seed, members, fates)
  for (let day = 0; day <= DAYS + 1; day += everyDays) {
    for (const hour of wakes) {
      const wake = startOfDay(begin) + day * DAY + hour * HOUR
      if (wake < clock.now) continue
      clock.now = wake
      await runCampaigns(shop.world(new Date(clock.now)))
      // What is queued now waits for a while: meanwhile customers buy, and say no.
      clock.now = wake + 20 * 60_000
      await customers.live()
      clock.now = wake + 40 * 60_000
      while ((await sendDue(shop.world(new Date(clock.now)))).more);
      customers.read(box)
    }
    // The database looks at its tables by its own clock, for which these days are moments.
    if (day < 3 || day % 20 === 0) await rowsOf(shop.world().em, sql`analyze`)
  }
  clock.now = begin + (DAYS + 2) * DAY
  const { em, shopId } = shop.world()
  const reasons = await rowsOf<{ reason: string; n: string }>(
    em,
    sql`select kind || ' ' || reason as reason, count(*) as n from touch_refusal where shop_id = ${shopId} group by 1 order by 2 desc`,
  )
  return {
    ...customers.counts,
    members: members.length,
    treated: members.filter(({ treated }) => treated).length,
    sent: Number(
      (await rowsOf<{ n: string }>(em, sql`select count(*) as n from message where shop_id = ${shopId} and sent_at is not null`))[0]?.n,
    ),
    heldOrDropped: Object.fromEntries(reasons.map(({ reason, n }) => [reason, Number(n)])),
    // Whoever is never written to is not moved.
    truth: trueEffect(
      [...fates].map(([who, fate]) => (consentOf(who, run.seed) === 'YES' ? fate : { ...fate, afterMessage: null })),
      DAYS,
    ),
    lifts: await liftsOf(shop),
    breaches: await breaches(shop.world(), LIMITS),
  }
}

async function liftsOf(shop: TestShop): Promise<Lift[]> {
  const { campaignReport } = await shop.admin(
    '{ campaignReport(code: "win-back") { lifts { metric verdict absolute { value low high } } } }',
  )
  return campaignReport.lifts.filter(({ metric }: Lift) => ['BUYERS', 'ORDERS', 'REVENUE'].includes(metric))
}

const startOfDay = (at: number): number => Math.floor(at / DAY) * DAY

async function membersOf(shop: TestShop): Promise<Member[]> {
  const { em, shopId } = shop.world()
  const rows = await rowsOf<{ id: string; who: string; treated: boolean; joined: string }>(
    em,
    sql`select m.customer_id as id, c.external_id as who, m.treated, extract(epoch from m.joined_at) * 1000 as joined from campaign_member m
        join campaign k on k.shop_id = m.shop_id and k.id = m.campaign_id join customer c on c.shop_id = m.shop_id and c.id = m.customer_id
        where m.shop_id = ${shopId} and k.code = 'win-back'`,
  )
  return rows.map((row) => ({ ...row, joined: Number(row.joined) }))
}

type Answer = { readonly at: number; readonly kind: 'open' | 'click' | 'unsubscribe'; readonly url: string }

/** Everybody who takes part: they read their mail, answer it, and buy as their fate has it. */
class Crowd {
  readonly #simulated: Simulated
  readonly #seed: string
  readonly #fates: ReadonlyMap<string, Fate>
  /** When each buys next. */
  readonly #buying = new Map<string, number>()
  #answers: Answer[] = []
  #read = 0
  readonly #written = new Set<string>()
  readonly counts = { mails: 0, opens: 0, clicks: 0, unsubscribed: 0, orders: 0 }

  constructor(simulated: Simulated, seed: string, members: readonly Member[], fates: ReadonlyMap<string, Fate>) {
    this.#simulated = simulated
    this.#seed = seed
    this.#fates = fates
    for (const { who, joined } of members) this.#buying.set(who, joined + (fates.get(who)?.byThemselves ?? Number.POSITIVE_INFINITY))
  }

  /** Who buys by now does, through the web shop; and what they do with their mail is done. */
  async live(): Promise<void> {
    const { shop, clock } = this.#simulated
    const now = new Date(clock.now)
    const buyers = [...this.#buying].filter(([, at]) => at <= clock.now)
    for (const [who] of buyers) this.#buying.delete(who)
    for (let from = 0; from < buyers.length; from += 200)
      await shop.storefront('mutation ($orders: [OrderInput!]!) { recordOrders(orders: $orders) { id } }', {
        orders: buyers.slice(from, from + 200).map(([who]) => ({
          externalId: `back-${who}`,
          customer: { externalId: who },
          placedAt: now,
          lines: [{ sku: 'BACK', quantity: 1, unitPrice: this.#fates.get(who)?.amount ?? 0 }],
        })),
      })
    this.counts.orders += buyers.length
    const due = this.#answers.filter(({ at }) => at <= clock.now)
    this.#answers = this.#answers.filter(({ at }) => at > clock.now)
    for (const answer of due) await this.#answer(answer)
  }

  async #answer({ kind, url }: Answer): Promise<void> {
    const { app } = this.#simulated.shop
    const { pathname } = new URL(url)
    const status = await (kind === 'unsubscribe' ? post(app, pathname) : get(app, pathname))
    if (status >= 400) throw new Error(`${kind} by ${pathname}: ${status}`)
    if (kind === 'open') this.counts.opens += 1
    if (kind === 'click') this.counts.clicks += 1
    if (kind === 'unsubscribe') this.counts.unsubscribed += 1
  }

  /** Takes what came since, and decides what comes of it. */
  read({ mails }: Mailbox): void {
    const { clock } = this.#simulated
    for (; this.#read < mails.length; this.#read++) {
      const mail = mails[this.#read]
      if (mail === undefined) continue
      this.counts.mails += 1
      const who = mail.to.slice(1, mail.to.indexOf('@'))
      const draw = (what: string) => drawn(this.#seed, who, what, this.#read)
      const after = (hours: number) => clock.now + hours * HOUR
      const urls = urlsIn(mail.source)
      if (urls.pixel !== null && draw('opens') < 0.4)
        this.#answers.push({ at: after(1 + 20 * draw('opening')), kind: 'open', url: urls.pixel })
      if (urls.link !== null && draw('clicks') < 0.1)
        this.#answers.push({ at: after(2 + 20 * draw('clicking')), kind: 'click', url: urls.link })
      const unsubscribe = /^<([^>]+)>/.exec(mail.headers.get('list-unsubscribe') ?? '')?.[1]
      if (unsubscribe !== undefined && draw('unsubscribes') < 0.02)
        this.#answers.push({ at: after(1 + 30 * draw('unsubscribing')), kind: 'unsubscribe', url: unsubscribe })
      // News moves nobody; the first message of the win-back may.
      if (mail.headers.get('subject') !== 'News' && !this.#written.has(who)) this.#firstMessage(who)
    }
  }

  #firstMessage(who: string): void {
    this.#written.add(who)
    const [fate, buying] = [this.#fates.get(who), this.#buying.get(who)]
    if (fate?.afterMessage == null || buying === undefined) return
    this.#buying.set(who, Math.min(buying, this.#simulated.clock.now + fate.afterMessage))
  }
}

const BROWSER = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' }
const get = async (app: App, url: string) => (await app.fastify.inject({ method: 'GET', url, headers: BROWSER })).statusCode
const post = async (app: App, url: string) =>
  (
    await app.fastify.inject({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'List-Unsubscribe=One-Click',
    })
  ).statusCode

/** The pixel and the first counted link of a mail, as far as it has them. */
function urlsIn(source: string): { readonly pixel: string | null; readonly link: string | null } {
  const text = source.replace(/=\r?\n/g, '').replaceAll('=3D', '=')
  const found = (pattern: RegExp) => pattern.exec(text)?.[1] ?? null
  return { pixel: found(/<img[^>]+src="(https?:\/\/[^"]+\/m\/[^"]+)"/), link: found(/<a href="(https?:\/\/[^"]+\/m\/c\/[^"]+)"/) }
}
