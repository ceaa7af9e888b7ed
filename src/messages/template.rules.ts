import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { isPlain, isWord } from '../kernel/text.ts'
import { faultOf, type Manner, says, write } from './liquid.rules.ts'
import type { MessageChannel, MessageContent } from './message.model.ts'
import type { Template, Variant, WantedTemplate } from './template.model.ts'
import type { Variables } from './variables.model.ts'
import { holdsLink } from './webhook.rules.ts'

const MOST_VARIANTS = 100
const MOST_PARAMETERS = 50
const LONGEST_SUBJECT = 400

/** What of a manner is the shop's. */
export type ShopManner = Pick<Manner, 'timeZone' | 'currency'>

const LANGUAGE = /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/

/** A template that can be kept: each text of it parses, says nothing unknown, and every channel has what is written to anybody. */
export function readTemplate(wanted: WantedTemplate, shop: ShopManner): Result<WantedTemplate, Problem> {
  const bad = (message: string, ...path: (string | number)[]) => refuse(problem('BAD_USER_INPUT', message, ['input', ...path]))
  if (!/^[\w-]{1,40}$/.test(wanted.code)) return bad('code has 1 to 40 letters, digits, dashes and underscores.', 'code')
  if (!isWord(wanted.name, 200)) return bad('name must have 1 to 200 printable characters.', 'name')
  if (wanted.variants.length === 0) return bad('A template says something on at least one channel.', 'variants')
  if (wanted.variants.length > MOST_VARIANTS) return bad(`At most ${MOST_VARIANTS} variants.`, 'variants')
  const variants = wanted.variants.map(tidy)
  for (const [i, variant] of variants.entries()) {
    const fault = variantFault(variant, shop)
    if (fault !== null) return bad(fault.message, 'variants', i, ...fault.path)
    if (variants.findIndex((other) => keyOf(other) === keyOf(variant)) < i)
      return bad('There is another variant of this channel, language and tier.', 'variants', i)
    if (!variants.some((other) => other.channel === variant.channel && other.language === null && other.tierCode === null))
      return bad(`${variant.channel} needs a variant without language and tier: what whoever fits no other one is sent.`, 'variants', i)
  }
  return accept({ ...wanted, variants })
}

const keyOf = ({ channel, language, tierCode }: Variant) => JSON.stringify([channel, language?.toLowerCase() ?? null, tierCode])
const blank = (text: string | null) => (text === null || text.trim() === '' ? null : text)
const tidy = (variant: Variant): Variant => ({
  channel: variant.channel,
  language: blank(variant.language),
  tierCode: blank(variant.tierCode),
  subject: blank(variant.subject),
  html: blank(variant.html),
  text: blank(variant.text),
  providerTemplateId: blank(variant.providerTemplateId),
  parameters: variant.parameters,
})

type Fault = { readonly message: string; readonly path: readonly (string | number)[] }

function variantFault(variant: Variant, shop: ShopManner): Fault | null {
  const { channel, language, tierCode, subject, html, text, providerTemplateId, parameters } = variant
  const fault = (message: string, ...path: (string | number)[]): Fault => ({ message, path })
  if (language !== null && !LANGUAGE.test(language)) return fault('language is a tag such as zh, zh-CN or en-GB.', 'language')
  if (tierCode !== null && !isWord(tierCode, 40)) return fault('tierCode is the code of a tier.', 'tierCode')
  if (channel === 'EMAIL') {
    if (subject === null) return fault('A mail needs a subject.', 'subject')
    if (!isPlain(subject)) return fault('A subject is one line.', 'subject')
    if (html === null && text === null) return fault('A mail needs html, text or both.', 'text')
    if (providerTemplateId !== null || parameters.length > 0) return fault('A mail is no text of a provider.', 'providerTemplateId')
  } else {
    if (subject !== null || html !== null)
      return fault(`Only a mail has a subject and html, ${channel} has a text.`, subject !== null ? 'subject' : 'html')
    if (text === null && providerTemplateId === null) return fault("It needs a text, or a provider's text by its id.", 'text')
    if (providerTemplateId === null && parameters.length > 0)
      return fault('Parameters go into a text of the provider: say its id.', 'providerTemplateId')
  }
  if (providerTemplateId !== null && !isWord(providerTemplateId, 200))
    return fault('providerTemplateId has 1 to 200 printable characters.', 'providerTemplateId')
  if (parameters.length > MOST_PARAMETERS) return fault(`At most ${MOST_PARAMETERS} parameters.`, 'parameters')
  for (const [i, { name }] of parameters.entries()) {
    if (!/^\w{1,100}$/.test(name))
      return fault('A parameter is named with 1 to 100 letters, digits and underscores.', 'parameters', i, 'name')
    if (parameters.findIndex((other) => other.name === name) < i)
      return fault('There is another parameter of this name.', 'parameters', i, 'name')
  }
  if (channel === 'SMS') {
    const wrong = smsFault(variant, { ...shop, language, markup: 'TEXT' })
    if (wrong !== null) return wrong
  }
  for (const { source, markup, path } of textsOf(variant)) {
    if (!source.isWellFormed() || source.includes('\0')) return fault('A text holds what cannot be kept.', ...path)
    const wrong = faultOf(source, { ...shop, language, markup })
    if (wrong !== null) return fault(wrong, ...path)
  }
  return null
}

/**
 * In a text that a provider of SMS approved a link, which would be another for each reader, was approved by nobody. A text of one's own is
 * for staff to send by hand: a provider is not given it (`contentFault`).
 */
function smsFault({ parameters }: Variant, manner: Manner): Fault | null {
  for (const [i, { name, value }] of parameters.entries()) {
    const saysLink = faultOf(value, manner) === null && ['link', 'unsubscribe_url'].some((variable) => says(value, variable, manner))
    if (saysLink || holdsLink(value.replace(/\{\{.*?\}\}|\{%.*?%\}/gs, ' ')))
      return { message: `Parameter "${name}" of an SMS holds a link, which no provider approves.`, path: ['parameters', i, 'value'] }
  }
  return null
}

function textsOf({ subject, html, text, parameters }: Variant) {
  const one = (source: string | null, markup: Manner['markup'], ...path: (string | number)[]) =>
    source === null ? [] : [{ source, markup, path }]
  return [
    ...one(subject, 'TEXT', 'subject'),
    ...one(html, 'HTML', 'html'),
    ...one(text, 'TEXT', 'text'),
    ...parameters.flatMap(({ value }, i) => one(value, 'TEXT', 'parameters', i, 'value')),
  ]
}

export type Reader = { readonly language: string | null; readonly tierCode: string | null }

/**
 * The variant for a reader: of their channel the one that speaks their language (zh-CN before zh, before the one for any), and among
 * those the one of their tier before the one for all. Null: the template says nothing on this channel.
 */
export function variantFor(template: Template, channel: MessageChannel, reader: Reader): Variant | null {
  const language = reader.language?.toLowerCase() ?? null
  const parts = language?.split('-') ?? []
  const wanted = [...parts.map((_, i) => parts.slice(0, parts.length - i).join('-')), null]
  for (const one of wanted)
    for (const tier of [reader.tierCode, null]) {
      const found = template.variants.find(
        (variant) => variant.channel === channel && (variant.language?.toLowerCase() ?? null) === one && variant.tierCode === tier,
      )
      if (found !== undefined) return found
    }
  return null
}

/** What a variant says with these variables; refused with why, in words. A mail of marketing says how to end it, whatever the template says. */
export function writeVariant(
  variant: Variant,
  variables: Variables,
  shop: ShopManner,
  {
    isMarketing,
    recipientName,
    language,
  }: { readonly isMarketing: boolean; readonly recipientName: string | null; readonly language: string | null },
): Result<MessageContent, string> {
  const manner = { ...shop, language: variant.language ?? language }
  const written: Partial<Record<'subject' | 'html' | 'text', string>> = {}
  for (const [name, markup] of [
    ['subject', 'TEXT'],
    ['html', 'HTML'],
    ['text', 'TEXT'],
  ] as const) {
    const source = variant[name]
    if (source === null) continue
    const text = write(source, variables, { ...manner, markup })
    if (!text.ok) return refuse(text.problem)
    written[name] = text.value
  }
  const parameters: Record<string, string> = {}
  for (const { name, value } of variant.parameters) {
    const text = write(value, variables, { ...manner, markup: 'TEXT' })
    if (!text.ok) return refuse(text.problem)
    parameters[name] = oneLine(text.value)
  }
  const unsubscribeUrl = typeof variables.unsubscribe_url === 'string' ? variables.unsubscribe_url : null
  const needsEnd = isMarketing && variant.channel === 'EMAIL' && unsubscribeUrl !== null
  const saysIt = (name: 'html' | 'text', markup: Manner['markup']) => says(variant[name] ?? '', 'unsubscribe_url', { ...manner, markup })
  const subject = written.subject === undefined ? null : oneLine(written.subject).slice(0, LONGEST_SUBJECT)
  if (subject === '') return refuse('The subject comes to nothing.')
  const { html, text } = written
  return accept({
    subject,
    html: html === undefined ? null : needsEnd && !saysIt('html', 'HTML') ? withHtmlEnd(html, unsubscribeUrl, manner.language) : html,
    text:
      text === undefined
        ? null
        : needsEnd && !saysIt('text', 'TEXT')
          ? `${text}\n\n${endWord(manner.language)}: ${unsubscribeUrl}\n`
          : text,
    providerTemplateId: variant.providerTemplateId,
    parameters,
    unsubscribeUrl,
    recipientName: recipientName === null ? null : oneLine(recipientName).slice(0, 200) || null,
  })
}

/** What could end a header, or hide in one, is a space; a name or a subject is one line whatever it came from. */
export const oneLine = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/ +/g, ' ')
    .trim()

const endWord = (language: string | null) => (language?.toLowerCase().startsWith('zh') ? '退订' : 'Unsubscribe')

function withHtmlEnd(html: string, url: string, language: string | null): string {
  const end = `<p style="font-size:12px;color:#777"><a href="${url.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}">${endWord(language)}</a></p>`
  const at = html.toLowerCase().lastIndexOf('</body>')
  return at < 0 ? `${html}\n${end}` : `${html.slice(0, at)}${end}${html.slice(at)}`
}
