import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { isWord } from '../kernel/text.ts'
import type { MessageChannel, MessageContent, Outcome, Outgoing } from './message.model.ts'
import type { ApprovedParameter, ApprovedTemplate, WebhookBody, WebhookSettings } from './webhook.model.ts'

/** The words by which people end text messages where nothing else is agreed. */
const USUAL_WORDS = ['TD', 'T', 'N', '退订', '拒收', 'STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT']
const MOST_TEMPLATES = 500
const LONGEST_PARAMETER = 500
/** What an SMS parameter may hold where nothing is said: what Chinese providers take. */
const USUAL_LONGEST = 35

/** What is agreed with a provider, read from what staff wrote; whatever else is written there is refused. */
export function readWebhook(given: Readonly<Record<string, unknown>>, channel: MessageChannel): Result<WebhookSettings, Problem> {
  const bad = (message: string, ...path: (string | number)[]) => refuse(problem('BAD_USER_INPUT', message, ['input', 'settings', ...path]))
  const stranger = Object.keys(given).find((name) => !NAMES.includes(name))
  if (stranger !== undefined) return bad(`There is no setting "${stranger}"; there is ${NAMES.join(', ')}.`, stranger)
  const url = given.url
  if (typeof url !== 'string' || url.length > 2_000)
    return bad('url is where the provider takes messages, at most 2,000 characters.', 'url')
  const signature = given.signature ?? null
  if (signature !== null && !(typeof signature === 'string' && isWord(signature, 40)))
    return bad('signature has 1 to 40 printable characters.', 'signature')
  const templates = readTemplates(given.templates ?? [])
  if (typeof templates === 'string') return bad(templates, 'templates')
  if (channel === 'SMS' && templates.length === 0) return bad('SMS needs the texts that the provider approved, at least one.', 'templates')
  const words = given.optOutWords ?? USUAL_WORDS
  if (!Array.isArray(words) || words.length > 50 || !words.every((word) => typeof word === 'string' && isWord(word, 40)))
    return bad('optOutWords are at most 50 words of 1 to 40 characters.', 'optOutWords')
  const hours = given.hours ?? null
  if (hours !== null && !isHours(hours)) return bad('hours are {from, until}, each HH:MM, and not the same.', 'hours')
  const timeoutSeconds = given.timeoutSeconds ?? 10
  if (!(typeof timeoutSeconds === 'number' && timeoutSeconds >= 1 && timeoutSeconds <= 60))
    return bad('timeoutSeconds is from 1 to 60.', 'timeoutSeconds')
  return accept({ url, signature, templates, optOutWords: words as string[], hours, timeoutSeconds })
}

const NAMES = ['url', 'signature', 'templates', 'optOutWords', 'hours', 'timeoutSeconds']
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
const isHours = (value: unknown): value is { from: string; until: string } =>
  isRecord(value) && [value.from, value.until].every((time) => minuteOf(time) !== null) && value.from !== value.until

/** 'HH:MM' as a minute of the day; null for what is no such time. */
function minuteOf(time: unknown): number | null {
  const [, hours, minutes] = (typeof time === 'string' && /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time)) || []
  return hours === undefined ? null : Number(hours) * 60 + Number(minutes)
}

function readTemplates(given: unknown): readonly ApprovedTemplate[] | string {
  if (!Array.isArray(given) || given.length > MOST_TEMPLATES) return `templates are a list of at most ${MOST_TEMPLATES}.`
  const read: ApprovedTemplate[] = []
  for (const one of given) {
    if (!isRecord(one) || typeof one.id !== 'string' || !isWord(one.id, 200))
      return 'Each of the templates has an id of 1 to 200 characters.'
    const parameters = one.parameters ?? []
    if (!Array.isArray(parameters) || parameters.length > 50) return `Template "${one.id}" has at most 50 parameters.`
    const known: ApprovedParameter[] = []
    for (const parameter of parameters) {
      const { name, longest = USUAL_LONGEST } = isRecord(parameter) ? parameter : {}
      if (typeof name !== 'string' || !/^\w{1,100}$/.test(name))
        return `A parameter of template "${one.id}" is named with 1 to 100 letters, digits and underscores.`
      if (!(typeof longest === 'number' && Number.isInteger(longest) && longest >= 1 && longest <= LONGEST_PARAMETER))
        return `longest of parameter "${name}" is from 1 to ${LONGEST_PARAMETER}.`
      known.push({ name, longest })
    }
    if (read.some(({ id }) => id === one.id)) return `Template "${one.id}" is there twice.`
    read.push({ id: one.id, parameters: known })
  }
  return read
}

/** Whether a provider is given messages at this minute of the shop's day; hours may go over midnight. */
export function isOpenAt({ hours }: WebhookSettings, minuteOfDay: number): boolean {
  const [from, until] = [minuteOf(hours?.from), minuteOf(hours?.until)]
  if (from === null || until === null) return true
  return from < until ? from <= minuteOfDay && minuteOfDay < until : minuteOfDay >= from || minuteOfDay < until
}

/** In how many minutes a closed provider opens. */
export function opensInMinutes({ hours }: WebhookSettings, minuteOfDay: number): number {
  const from = minuteOf(hours?.from)
  return from === null ? 0 : (from - minuteOfDay + 1_440) % 1_440
}

/**
 * What keeps a text from going to this provider, in words; null: nothing. An SMS is a text that the provider approved, by its id, with
 * exactly its parameters: none longer than agreed, and none that holds a link, which nobody approved.
 */
export function contentFault({ templates }: WebhookSettings, channel: MessageChannel, content: MessageContent): string | null {
  const { providerTemplateId: id, parameters, text } = content
  if (channel === 'SMS' && (id === null || text !== null)) return "An SMS is a provider's text by its id, and no text of its own."
  if (id === null) return templates.length === 0 || channel === 'EMAIL' ? null : "This provider takes its own texts only: name one's id."
  const approved = templates.find((template) => template.id === id)
  if (approved === undefined) return templates.length === 0 ? null : `The provider has approved no text "${id}".`
  for (const { name, longest } of approved.parameters) {
    const value = parameters[name]
    if (value === undefined || value === '') return `Parameter "${name}" of text "${id}" is empty.`
    if ([...value].length > longest) return `Parameter "${name}" of text "${id}" has more than ${longest} characters.`
  }
  const unknown = Object.keys(parameters).find((name) => !approved.parameters.some((parameter) => parameter.name === name))
  if (unknown !== undefined) return `Text "${id}" has no parameter "${unknown}".`
  const link = channel === 'SMS' ? Object.keys(parameters).find((name) => holdsLink(parameters[name] ?? '')) : undefined
  return link === undefined ? null : `Parameter "${link}" holds a link, which no provider of SMS approves.`
}

const ENDINGS =
  'com|cn|net|org|top|xyz|cc|shop|link|me|io|co|vip|ltd|site|info|app|tv|ly|gl|ws|hk|tw|url|store|online|club|biz|dev|page|mobi|wang|example'
const LINK = new RegExp(`://|\\bwww\\.|[\\p{L}\\d-]\\.(?:${ENDINGS})(?![a-z\\d])|[a-z\\d-]\\.[a-z]{2,}/`, 'iu')

/** Whether a text holds what a phone would make a link of. */
export const holdsLink = (text: string): boolean => LINK.test(text.normalize('NFKC'))

/** A message as a provider is given it. */
export const bodyOf = ({ message, recipient, content }: Outgoing, { signature }: WebhookSettings, at: string): WebhookBody => ({
  type: 'message.send',
  timestamp: at,
  data: {
    messageId: message.id,
    channel: message.channel,
    purpose: message.purpose,
    to: recipient,
    name: content.recipientName,
    language: message.language,
    campaign: message.campaignCode,
    signature,
    templateId: content.providerTemplateId,
    parameters: content.parameters,
    subject: content.subject,
    text: content.text,
    html: content.html,
    unsubscribeUrl: message.channel === 'SMS' ? null : content.unsubscribeUrl,
  },
})

/** What a provider's answer means. */
export function outcomeOf(status: number, body: string): Outcome {
  if (status >= 500 && status !== 503) return { kind: 'AGAIN', reason: `the provider answered ${status}` }
  if (status === 503 || status === 429) return { kind: 'UNREACHABLE', reason: `the provider is busy (${status})` }
  // What every message would be answered is no fault of this one.
  if (status === 401 || status === 403 || status === 404 || status === 405 || status === 410)
    return { kind: 'UNREACHABLE', reason: `the provider answered ${status}: look at its address and its secret` }
  if (status >= 300 && status < 400)
    return { kind: 'UNREACHABLE', reason: `the provider leads elsewhere (${status}), which is not followed` }
  if (status < 200) return { kind: 'AGAIN', reason: `the provider answered ${status}` }
  const said = readAnswer(body)
  if (status >= 400) return { kind: 'FAILED', reason: said?.reason ?? `the provider answered ${status}` }
  if (body.trim() === '') return { kind: 'ACCEPTED' }
  if (said === null) return { kind: 'AGAIN', reason: 'the provider answered what is no answer (docs/guides/message-providers.md)' }
  const more = {
    ...(said.providerMessageId === null ? {} : { providerMessageId: said.providerMessageId }),
    ...(said.costMinor === null ? {} : { costMinor: said.costMinor }),
  }
  if (said.status === 'accepted') return { kind: 'ACCEPTED', ...more }
  if (said.status === 'awaiting_staff') return { kind: 'AWAITING_STAFF', ...more }
  if (said.status === 'sent') return { kind: 'SENT', ...more }
  if (said.status !== 'failed') return { kind: 'AGAIN', reason: 'the provider answered a status that there is not' }
  const reason = said.reason ?? 'the provider did not say why'
  if (said.badAddress) return { kind: 'BOUNCED', reason }
  return { kind: said.permanent ? 'FAILED' : 'AGAIN', reason }
}

type Answer = {
  readonly status: string | null
  readonly providerMessageId: string | null
  readonly costMinor: number | null
  readonly permanent: boolean
  readonly badAddress: boolean
  readonly reason: string | null
}

/** An answer, with nothing in it that cannot be kept; null for what is none. */
function readAnswer(body: string): Answer | null {
  let given: unknown
  try {
    given = JSON.parse(body)
  } catch {
    return null
  }
  if (!isRecord(given)) return null
  const { status, providerMessageId, costMinor, permanent, badAddress, reason } = given
  return {
    status: typeof status === 'string' ? status : null,
    providerMessageId: typeof providerMessageId === 'string' && isWord(providerMessageId, 200) ? providerMessageId : null,
    costMinor: typeof costMinor === 'number' && Number.isSafeInteger(costMinor) && costMinor >= 0 && costMinor <= 1e12 ? costMinor : null,
    permanent: permanent !== false,
    badAddress: badAddress === true,
    reason: typeof reason === 'string' ? tidyReason(reason) : null,
  }
}

/** A provider's words as staff read them: one line, and not long. */
export const tidyReason = (text: string): string | null =>
  text
    .toWellFormed()
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()
    .slice(0, 300)
    .toWellFormed() || null

/** Whether what somebody answered ends it: it begins with a word that does, and little else is said. */
export function endsIt(reply: string, optOutWords: readonly string[]): boolean {
  const said = plainly(reply)
  return said !== '' && optOutWords.some((word) => said === plainly(word))
}

const plainly = (text: string): string =>
  text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\p{P}\p{S}\s]+/gu, '')
