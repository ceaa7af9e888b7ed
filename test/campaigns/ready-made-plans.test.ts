import { describe, expect, test } from 'vitest'
import { readCampaign } from '../../src/campaigns/campaign.rules.ts'
import type { Fit, ReadyMadeCampaign } from '../../src/campaigns/ready-made.model.ts'
import { adoption, checkChannels, checkCode, checkParameters, parametersFor, READY_MADE } from '../../src/campaigns/ready-made.rules.ts'
import { instant } from '../../src/kernel/clock.ts'
import { minor } from '../../src/kernel/money.ts'
import type { MessageChannel } from '../../src/messages/message.model.ts'
import { readTemplate, variantFor, writeVariant } from '../../src/messages/template.rules.ts'
import { EXAMPLE } from '../../src/messages/variables.model.ts'
import { readOffer } from '../../src/offers/offer.rules.ts'
import { parseQuery } from '../../src/query/parse.ts'
import { ANY_SEGMENT } from '../../src/query/segment.ts'
import { READY_MADE as SEGMENTS } from '../../src/segments/ready-made.model.ts'
import type { Tier } from '../../src/tiers/tier.model.ts'

const SHOP = { timeZone: 'Asia/Shanghai', currency: 'CNY' }
const DAY = 86_400_000
const NOW = Date.parse('2026-03-05T04:00:00Z')

const fitOf = (values: ReadonlyMap<string, number>, skus: readonly string[], more: Partial<Fit> = {}): Fit => ({
  at: (code) => values.get(code) ?? Number.NaN,
  minor: (code) => minor((values.get(code) ?? 0) * 100),
  skus,
  categories: ['tea/green'],
  brands: ["O'Well"],
  tierCodes: ['silver', 'gold'],
  dayOfMonth: (_, after) => instant(NOW + (13 + after) * DAY),
  inDays: (count) => instant(NOW + count * DAY),
  ...more,
})

function adopted(
  readyMade: ReadyMadeCampaign,
  {
    figure = null,
    language = 'EN',
    channels = ['EMAIL', 'SMS'],
    fit = {},
  }: { figure?: number | null; language?: 'EN' | 'ZH'; channels?: readonly MessageChannel[]; fit?: Partial<Fit> } = {},
) {
  const measured = new Map(readyMade.parameters.flatMap(({ code, measured }) => (measured === undefined ? [] : [[code, figure] as const])))
  const values = new Map(parametersFor(readyMade, measured, new Map()).map(({ parameter, value }) => [parameter.code, value]))
  const skus = readyMade.goods === null ? [] : ['TEA-1', "it's"]
  const plan = readyMade.plan(fitOf(values, skus, fit))
  return { plan, ...adoption(readyMade, plan, { code: readyMade.code, language, channels, values }) }
}

const queriesOf = (campaign: ReturnType<typeof adopted>['campaign']) => [
  campaign.audience ?? '',
  ...(campaign.exclusions ?? []),
  ...(campaign.steps ?? []).flatMap(({ condition }) => condition ?? []),
]

describe.each(READY_MADE)('$code', (readyMade) => {
  test.each([null, 0.4, 1_234.5, 1e12])('can be saved whatever the shop is like (%s)', (figure) => {
    for (const fit of [{}, { tierCodes: [], categories: [], brands: [] }])
      for (const language of ['EN', 'ZH'] as const) {
        const { campaign, templates, offers } = adopted(readyMade, { figure, language, fit })
        expect(readCampaign(campaign)).toMatchObject({ ok: true })
        for (const template of templates) expect(readTemplate(template, SHOP)).toMatchObject({ ok: true })
        const tier = (code: string) => ({ code, rank: 1 }) as Tier
        for (const offer of offers) expect(readOffer(offer, tier)).toMatchObject({ ok: true })
      }
  })

  test('each of its queries parses, and the segments that they name are adopted with it', () => {
    const { campaign, plan } = adopted(readyMade)
    const known = new Set(SEGMENTS.map(({ code }) => code))
    for (const query of queriesOf(campaign)) {
      expect(parseQuery(query, { place: 'AUDIENCE', segments: ANY_SEGMENT })).toMatchObject({ ok: true })
      for (const [, code = ''] of query.matchAll(/in_segment = '([^']+)'/g)) expect(plan.segments).toContain(code)
    }
    for (const code of plan.segments) expect(known).toContain(code)
  })

  test('what it writes can be read in both languages, by whoever is known well and by whoever is hardly known', () => {
    const { templates, campaign } = adopted(readyMade, { channels: ['EMAIL', 'SMS', 'WECOM'] })
    const { customer, shop, last_product, usual_product, coupon, offers, campaign: about, unsubscribe_url } = EXAMPLE
    const given = { campaign: about, shop, coupon, offers, unsubscribe_url }
    const { name: _, ...nameless } = customer
    const well = { ...given, customer, last_product, usual_product }
    const hardly = { ...given, customer: nameless, coupon: { code: coupon.code, name: coupon.name, offer_code: coupon.offer_code } }
    for (const step of campaign.steps ?? [])
      for (const channel of step.channels)
        for (const language of ['en-GB', 'zh-CN', 'fr', null]) {
          const template = templates.find(({ code }) => code === step.templateCode)
          if (template === undefined) throw new Error(`no template ${step.templateCode}`)
          const variant = variantFor({ ...template, version: 1, createdAt: instant(NOW) }, channel, { language, tierCode: null })
          if (variant === null) throw new Error(`nothing by ${channel}`)
          for (const variables of [well, hardly]) {
            const written = writeVariant(variant, variables, SHOP, { isMarketing: true, recipientName: null, language })
            expect(written).toMatchObject({ ok: true })
            const said = written.ok ? `${written.value.subject ?? ''} ${written.value.text}` : ''
            expect(said).not.toMatch(/undefined|NaN|\{\{|\{%/)
            expect(/\p{Script=Han}/u.test(said)).toBe(language === 'zh-CN')
          }
        }
  })

  test('it speaks both languages to staff', () => {
    for (const words of [readyMade.name, readyMade.purpose, ...readyMade.parameters.map(({ name }) => name)]) {
      expect(words.EN).not.toMatch(/\p{Script=Han}/u)
      expect(words.ZH).toMatch(/\p{Script=Han}/u)
    }
  })

  test('what it gives is kept from its control group, and named by what it gives', () => {
    const { campaign, offers } = adopted(readyMade)
    for (const offer of offers) expect(offer.campaign).toBe(campaign.code)
    expect((campaign.gives ?? []).map(({ offerCode }) => offerCode)).toEqual(offers.map(({ code }) => code))
  })
})

test('the first is where to begin: bought again once and silent, the usual product, a coupon, a control group', () => {
  const [first] = READY_MADE
  if (first === undefined) throw new Error('there are none')
  const { campaign, offers } = adopted(first)
  expect(first.code).toBe('bought-again-once')
  expect(campaign).toMatchObject({ audience: "in_segment = 'bought-again-once'", controlPercent: 10, gives: [{ as: 'COUPON' }] })
  expect(offers).toHaveLength(1)
})

test('who is worth little is written to least: two times, four, eight', () => {
  const regulars = READY_MADE.find(({ code }) => code === 'win-back-regulars')
  if (regulars === undefined) throw new Error('no such campaign')
  const steps = adopted(regulars).campaign.steps ?? []
  expect(steps.map(({ condition }) => condition ?? null)).toEqual([
    null,
    null,
    "abc_class IN ('A', 'B')",
    "abc_class IN ('A', 'B')",
    ...Array(4).fill("abc_class = 'A'"),
  ])
  expect(steps.reduce((days, { delayDays }) => days + (delayDays ?? 0), 0)).toBe(60)
})

test('the codes of all of them differ', () => {
  expect(new Set(READY_MADE.map(({ code }) => code)).size).toBe(READY_MADE.length)
  for (const { code } of READY_MADE) expect(checkCode(code)).toBeNull()
})

test.each(['', '-a', 'a b', '春', 'x'.repeat(37)])('"%s" is no code to adopt one under', (code) => {
  expect(checkCode(code)).toMatchObject({ code: 'BAD_USER_INPUT', path: ['as'] })
})

test('a parameter that it has not, a part of a number and what is out of bounds are refused where they stand', () => {
  const [first] = READY_MADE
  if (first === undefined) throw new Error('there are none')
  const pathOf = (code: string, value: number) => {
    const checked = checkParameters(first, [
      { code: 'percent-off', value: 20 },
      { code, value },
    ])
    return checked.ok ? null : checked.problem.path
  }
  expect(pathOf('none', 1)).toEqual(['parameters', 1, 'code'])
  for (const value of [0, 91, 1.5, Number.NaN]) expect(pathOf('percent-off', value)).toEqual(['parameters', 1, 'value'])
  expect(pathOf('coupon-days', 30)).toBeNull()
})

test('a campaign is written by what carries words, each once', () => {
  for (const channels of [[], ['PHONE'], ['EMAIL', 'EMAIL']] as const) expect(checkChannels(channels)).not.toBeNull()
  expect(checkChannels(['WECOM', 'SMS', 'EMAIL'])).toBeNull()
})
