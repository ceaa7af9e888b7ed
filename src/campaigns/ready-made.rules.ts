import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { roundUp } from '../kernel/rounding.ts'
import type { MessageChannel } from '../messages/message.model.ts'
import type { Variant, WantedTemplate } from '../messages/template.model.ts'
import type { WantedOffer } from '../offers/offer.model.ts'
import type { ReadyMadeLanguage } from '../segments/ready-made.model.ts'
import type { GivenParameter, Plan, ReadyMadeCampaign, ReadyMessage, SetParameter, Words } from './ready-made.model.ts'
import { OCCASIONS } from './ready-made-days.model.ts'
import { RECALLS } from './ready-made-recall.model.ts'
import { WIN_BACKS } from './ready-made-win-back.model.ts'
import type { WantedCampaign } from './wanted.model.ts'

/** The first is where to begin. */
export const READY_MADE: readonly ReadyMadeCampaign[] = [...RECALLS, ...WIN_BACKS, ...OCCASIONS]

export const findReadyMade = (code: string): ReadyMadeCampaign | undefined => READY_MADE.find((one) => one.code === code)

/** What a shop's buyers are like: for each measured parameter its figure in major units; null: too few buyers to tell. */
export type Measured = ReadonlyMap<string, number | null>

/** Each parameter as it fits the shop, or as somebody set it. */
export const parametersFor = ({ parameters }: ReadyMadeCampaign, measured: Measured, given: ReadonlyMap<string, number>): SetParameter[] =>
  parameters.map((parameter) => {
    const figure = measured.get(parameter.code) ?? null
    const set = given.get(parameter.code)
    const fitted = figure === null ? parameter.usual : Math.min(parameter.most, Math.max(parameter.least, roundUp(figure)))
    return { parameter, value: set ?? fitted, isMeasured: set === undefined && figure !== null }
  })

/** What somebody sets: whole figures within each parameter's bounds. */
export function checkParameters(
  campaign: ReadyMadeCampaign,
  given: readonly GivenParameter[],
): Result<ReadonlyMap<string, number>, Problem> {
  const set = new Map<string, number>()
  for (const [i, { code, value }] of given.entries()) {
    const parameter = campaign.parameters.find((one) => one.code === code)
    const refused = (message: string, field: string) => refuse(problem('BAD_USER_INPUT', message, ['parameters', i, field]))
    if (parameter === undefined)
      return refused(
        `"${campaign.code}" has no parameter of this code, but ${campaign.parameters.map((one) => one.code).join(', ')}.`,
        'code',
      )
    if (!Number.isInteger(value) || value < parameter.least || value > parameter.most)
      return refused(`${code} must be a whole number from ${parameter.least} to ${parameter.most}.`, 'value')
    set.set(code, value)
  }
  return accept(set)
}

/** By what a campaign can be written: not what a person does. */
const WRITTEN: readonly MessageChannel[] = ['EMAIL', 'SMS', 'PUSH', 'WECHAT', 'WECOM']

export function checkChannels(channels: readonly MessageChannel[]): Problem | null {
  const bad = (message: string, ...path: (string | number)[]) => problem('BAD_USER_INPUT', message, ['channels', ...path])
  if (channels.length === 0) return bad('Name at least one channel, or leave channels out.')
  const i = channels.findIndex((channel, at) => !WRITTEN.includes(channel) || channels.indexOf(channel) !== at)
  return i === -1 ? null : bad(`Each of ${WRITTEN.join(', ')} once: what a person does is in the campaign already.`, i)
}

/** Templates are named by their campaign, and have at most 40 characters. */
const LONGEST_CODE = 36
const CODE = /^[A-Za-z0-9][\w-]{0,35}$/

export const checkCode = (code: string): Problem | null =>
  CODE.test(code)
    ? null
    : problem('BAD_USER_INPUT', `as has 1 to ${LONGEST_CODE} letters of a to z, digits, dashes and underscores.`, ['as'])

export type Adoption = {
  readonly campaign: WantedCampaign
  readonly templates: readonly WantedTemplate[]
  readonly offers: readonly WantedOffer[]
}

/** What is saved of a plan. `code`: under which; `channels`: by which it is written; `language`: the shop's, for whoever's is not known. */
export function adoption(
  { name, parameters }: ReadyMadeCampaign,
  plan: Plan,
  wanted: {
    readonly code: string
    readonly language: ReadyMadeLanguage
    readonly channels: readonly MessageChannel[]
    readonly values: ReadonlyMap<string, number>
  },
): Adoption {
  const { code, language, channels, values } = wanted
  const channelsOf = (by: Plan['steps'][number]['by']) => (by === 'WRITTEN' ? channels : by)
  const templateOf = (says: number) => `${code}-${says + 1}`
  const templates = plan.messages.map((message, i) => {
    const used = plan.steps.filter(({ says }) => says === i).flatMap(({ by }) => channelsOf(by))
    return templateFor(templateOf(i), `${name[language]}: ${message.name[language]}`, message, [...new Set(used)], language)
  })
  const offerOf = (i: number) => (plan.offers.length === 1 ? `${code}-offer` : `${code}-offer-${i + 1}`)
  const offers = plan.offers.map(
    ({ as: _, validDays: __, ...offer }, i): WantedOffer => ({ ...offer, code: offerOf(i), name: offer.name[language], campaign: code }),
  )
  const campaign: WantedCampaign = {
    code,
    name: name[language],
    kind: plan.kind,
    attributionDays: plan.attributionDays,
    audience: plan.audience,
    exclusions: plan.exclusions ?? [],
    controlPercent: parameters.some((one) => one.code === 'control-percent') ? (values.get('control-percent') ?? 0) : 0,
    priority: plan.priority,
    start: plan.start ?? null,
    endsAt: plan.endsAt ?? null,
    steps: plan.steps.map(({ by, says, ...step }) => ({ ...step, channels: channelsOf(by), templateCode: templateOf(says) })),
    gives: plan.offers.map(({ as, validDays }, i) => ({ offerCode: offerOf(i), as, validDays })),
    onSite: plan.onSite && onSiteOf(plan.onSite, language),
  }
  return { campaign, templates, offers }
}

const TAGS: Readonly<Record<ReadyMadeLanguage, string>> = { EN: 'en', ZH: 'zh' }
const other = (language: ReadyMadeLanguage): ReadyMadeLanguage => (language === 'EN' ? 'ZH' : 'EN')

const onSiteOf = ({ title, text }: NonNullable<Plan['onSite']>, language: ReadyMadeLanguage) => {
  const second = other(language)
  return {
    title: title[language],
    text: text[language],
    translations: [{ language: TAGS[second], title: title[second], text: text[second] }],
  }
}

/** Each channel twice: for whoever's language is the other one, and for everybody else. */
function templateFor(
  code: string,
  name: string,
  message: ReadyMessage,
  channels: readonly MessageChannel[],
  language: ReadyMadeLanguage,
): WantedTemplate {
  const second = other(language)
  return {
    code,
    name,
    variants: channels.flatMap((channel) => [variant(message, channel, language, null), variant(message, channel, second, TAGS[second])]),
  }
}

const GREETING: Words = {
  EN: '{% if customer.name %}Dear {{ customer.name }},{% else %}Hello,{% endif %}',
  ZH: '{% if customer.name %}{{ customer.name }}，您好：{% else %}您好：{% endif %}',
}

function variant(message: ReadyMessage, channel: MessageChannel, language: ReadyMadeLanguage, tag: string | null): Variant {
  const none = { channel, language: tag, tierCode: null, subject: null, html: null, text: null, providerTemplateId: null, parameters: [] }
  if (channel !== 'EMAIL') return { ...none, text: message.short[language] }
  const paragraphs = [GREETING[language], ...message.mail[language], '{{ shop.name }}']
  return {
    ...none,
    subject: message.subject[language],
    text: `${paragraphs.join('\n\n')}\n`,
    html: `<!doctype html>\n<html lang="${TAGS[language]}"><body>\n${paragraphs.map((one) => `<p>${one}</p>\n`).join('')}</body></html>\n`,
  }
}
