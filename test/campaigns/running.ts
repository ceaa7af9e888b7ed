import { runCampaigns } from '../../src/campaigns/pulse.service.ts'
import type { MessageChannel } from '../../src/messages/message.model.ts'
import { listProviders, saveProvider } from '../../src/messages/provider.service.ts'
import { templatesByCode } from '../../src/messages/template.service.ts'
import { rowsOf, sql } from '../../src/shell/sql.ts'
import type { TestShop } from '../harness/shop.ts'
import { mailTemplate } from '../messages/mailing.ts'

// Campaigns as staff write them, and what came of them as the database has it.

/** A campaign of one mail at once to everybody, without a control group, but for what is said. */
export async function saveCampaign(shop: TestShop, input: { readonly code: string } & Readonly<Record<string, unknown>>): Promise<string> {
  const { saveCampaign: saved } = await shop.admin('mutation ($input: CampaignInput!) { saveCampaign(input: $input) { id } }', {
    input: { name: input.code, kind: 'RECALL', controlPercent: 0, steps: [{ channels: ['EMAIL'], templateCode: 'recall' }], ...input },
  })
  return saved.id
}

/** Starts it, with what its steps need to be sent, and lets in whoever is in its audience. */
export async function start(shop: TestShop, code: string, at?: Date): Promise<void> {
  await carry(shop, code)
  await shop.admin('mutation ($code: String!) { startCampaign(code: $code) { status } }', { code })
  await runCampaigns(shop.world(at))
}

/** Templates and providers for the steps of a campaign, where there are none; nothing is sent by them. */
export async function carry(shop: TestShop, code: string): Promise<void> {
  const { campaign } = await shop.admin('query ($code: String!) { campaign(code: $code) { steps { channels templateCode } } }', { code })
  const steps: readonly { channels: MessageChannel[]; templateCode: string }[] = campaign.steps
  const world = shop.world()
  const carried = new Set((await listProviders(world)).map(({ channel }) => channel))
  for (const channel of new Set(steps.flatMap(({ channels }) => channels))) if (!carried.has(channel)) await carryBy(shop, channel)
  const known = await templatesByCode(
    world,
    steps.map(({ templateCode }) => templateCode),
  )
  for (const templateCode of new Set(steps.map((step) => step.templateCode)))
    if (!known.has(templateCode)) {
      const channels = [...new Set(steps.filter((step) => step.templateCode === templateCode).flatMap((step) => step.channels))]
      await mailTemplate(shop, templateCode, ...(channels.map(wordsBy) as [object]))
    }
}

const wordsBy = (channel: MessageChannel) =>
  channel === 'EMAIL' ? { channel, subject: 'Hello', text: 'Hello {{ unsubscribe_url }}' } : { channel, text: 'Hello' }

async function carryBy(shop: TestShop, channel: MessageChannel): Promise<void> {
  const settings = { host: '127.0.0.1', port: 1, security: 'NONE', from: 'shop@tea.example' }
  const saved = await saveProvider(shop.world(), {
    code: channel.toLowerCase(),
    channel,
    kind: channel === 'EMAIL' ? 'SMTP' : 'TASK',
    name: channel,
    settings: channel === 'EMAIL' ? settings : {},
    enabled: true,
    ratePerSecond: null,
    costMinor: 0,
  })
  if (!saved.ok) throw new Error(saved.problem.message)
}

export type Member = { readonly who: string; readonly customer_id: string; readonly treated: boolean; readonly left_reason: string | null }

/** Who takes part and took part, by external id. */
export const membersOf = (shop: TestShop, code: string): Promise<Member[]> => {
  const { em, shopId } = shop.world()
  return rowsOf(
    em,
    sql`select c.external_id as who, m.customer_id, m.treated, m.left_reason from campaign_member m
        join campaign k on k.shop_id = m.shop_id and k.id = m.campaign_id join customer c on c.shop_id = m.shop_id and c.id = m.customer_id
        where m.shop_id = ${shopId} and k.code = ${code} order by 1`,
  )
}

export type Exposed = { readonly who: string; readonly step: number; readonly status: string; readonly reason: string | null }

/** Every exposure of a campaign, by external id and step. */
export const exposuresOf = (shop: TestShop, code: string): Promise<Exposed[]> => {
  const { em, shopId } = shop.world()
  return rowsOf(
    em,
    sql`select c.external_id as who, e.step, e.status, e.reason from exposure e
        join campaign k on k.shop_id = e.shop_id and k.id = e.campaign_id join customer c on c.shop_id = e.shop_id and c.id = e.customer_id
        where e.shop_id = ${shopId} and k.code = ${code} order by 1, 2`,
  )
}

/** When the exposures of a campaign's first step are due, by external id. */
export async function dueOf(shop: TestShop, code: string): Promise<Record<string, Date>> {
  const { em, shopId } = shop.world()
  const rows = await rowsOf<{ who: string; due: string }>(
    em,
    sql`select c.external_id as who, extract(epoch from e.due_at)::text as due from exposure e
        join campaign k on k.shop_id = e.shop_id and k.id = e.campaign_id join customer c on c.shop_id = e.shop_id and c.id = e.customer_id
        where e.shop_id = ${shopId} and k.code = ${code} and e.step = 1`,
  )
  return Object.fromEntries(rows.map(({ who, due }) => [who, new Date(Number(due) * 1_000)]))
}
