import { Liquid, type Template as Parsed } from 'liquidjs'
import { LRUCache } from 'lru-cache'
import { currencyDigits } from '../kernel/currency.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { EXAMPLE, type Variables } from './variables.model.ts'

// Templates are the shop's own, and what goes into them is written by customers: values are escaped in HTML whatever the template
// says, nothing reads a file, and nobody goes on for ever.

/** How values are written: their markup, the shop's zone and currency, the reader's language. */
export type Manner = {
  readonly markup: 'HTML' | 'TEXT'
  readonly timeZone: string
  readonly currency: string
  readonly language: string | null
}

/** Characters of one template, and of what it may come to. */
export const LONGEST_SOURCE = 200_000
const LONGEST_OUTPUT = 500_000
/** Milliseconds of one writing; many times what a mail takes. */
const LONGEST_MS = 2_000
/** Tags, outputs and pieces of text of one writing, loops and all. */
const MOST_PIECES = 50_000
/** What filters and ranges may make, in characters and members. */
const MOST_MADE = 5_000_000

/** Those that put nothing out themselves: only {{ }} does, where it is escaped. */
const TAGS = ['assign', 'capture', 'case', 'comment', 'for', 'if', 'unless', 'break', 'continue', '#']
const FILTERS = [
  'abs', 'append', 'at_least', 'at_most', 'capitalize', 'ceil', 'date', 'default', 'divided_by', 'downcase', 'first', 'floor', 'join', 'last',
  'lstrip', 'minus', 'modulo', 'plus', 'prepend', 'remove', 'remove_first', 'replace', 'replace_first', 'reverse', 'round', 'rstrip', 'size',
  'slice', 'sort', 'split', 'squish', 'strip', 'strip_newlines', 'times', 'truncate', 'truncatewords', 'uniq', 'upcase', 'url_encode',
] // biome-ignore format: one list

const ENGINES = new LRUCache<string, Liquid>({ max: 200 })
const PARSED = new LRUCache<string, Parsed[]>({ max: 2_000, maxSize: 50_000_000, sizeCalculation: (_, key) => key.length + 1 })

const keyOf = ({ markup, timeZone, currency, language }: Manner) => JSON.stringify([markup, timeZone, currency, language])

function engineOf(manner: Manner): Liquid {
  const key = keyOf(manner)
  const known = ENGINES.get(key)
  if (known !== undefined) return known
  const engine = new Liquid({
    strictVariables: true,
    strictFilters: true,
    // What asks first, with if or default, may ask for what is not there.
    lenientIf: true,
    ownPropertyOnly: true,
    // In place of the file system; empty.
    templates: {},
    timezoneOffset: manner.timeZone,
    dateFormat: '%Y-%m-%d',
    parseLimit: LONGEST_SOURCE,
    renderLimit: LONGEST_MS,
    memoryLimit: MOST_MADE,
    ...(manner.markup === 'HTML' ? { outputEscape: 'escape' as const } : {}),
  })
  for (const tag of Object.keys(engine.tags)) if (!TAGS.includes(tag)) delete engine.tags[tag]
  for (const filter of Object.keys(engine.filters)) if (!FILTERS.includes(filter)) delete engine.filters[filter]
  engine.registerFilter('money', (amount: unknown) => asMoney(amount, manner))
  ENGINES.set(key, engine)
  return engine
}

/** Minor units as people write an amount in the reader's language. */
function asMoney(amount: unknown, { currency, language }: Manner): string {
  const units = Number(amount)
  if (!Number.isFinite(units)) throw new TypeError('money takes an amount in minor units')
  const digits = currencyDigits(currency)
  return new Intl.NumberFormat(isLanguage(language) ? language : 'en', { style: 'currency', currency }).format(units / 10 ** digits)
}

const isLanguage = (language: string | null): language is string => {
  try {
    return language !== null && Intl.NumberFormat.supportedLocalesOf(language).length > 0
  } catch {
    return false
  }
}

function parse(source: string, manner: Manner): { engine: Liquid; parsed: Parsed[] } {
  const engine = engineOf(manner)
  const key = `${keyOf(manner)}${source}`
  const parsed = PARSED.get(key) ?? engine.parse(source)
  PARSED.set(key, parsed)
  return { engine, parsed }
}

/** Writes a template; refused with what is wrong, in words, where it cannot be written. */
export function write(source: string, variables: Variables, manner: Manner): Result<string, string> {
  try {
    const { engine, parsed } = parse(source, manner)
    // A filter that cuts may cut a character in two.
    const text = engine.renderSync(parsed, variables, { templateLimit: MOST_PIECES }) as string
    return text.length > LONGEST_OUTPUT ? refuse(`It comes to more than ${LONGEST_OUTPUT} characters.`) : accept(text.toWellFormed())
  } catch (error) {
    return refuse(wordsOf(error))
  }
}

/** What is wrong with a template whoever reads it: it cannot be parsed, or says what there is not. Null: nothing. */
export function faultOf(source: string, manner: Manner): string | null {
  if (source.length > LONGEST_SOURCE) return `A template has at most ${LONGEST_SOURCE.toLocaleString('en')} characters.`
  try {
    const { engine, parsed } = parse(source, manner)
    for (const path of engine.globalVariableSegmentsSync(parsed)) {
      const unknown = unknownIn(path)
      if (unknown !== null) return unknown
    }
  } catch (error) {
    return wordsOf(error)
  }
  const example = write(source, EXAMPLE, manner)
  return example.ok ? null : example.problem
}

/** Whether a template says a variable. */
export function says(source: string, name: string, manner: Manner): boolean {
  const { engine, parsed } = parse(source, manner)
  return engine.globalVariableSegmentsSync(parsed).some(([first]) => first === name)
}

const OF_LISTS = ['first', 'last', 'size']

function unknownIn(path: readonly unknown[]): string | null {
  let at: unknown = EXAMPLE
  for (const [i, segment] of path.entries()) {
    const shown = path.slice(0, i + 1).join('.')
    if (Array.isArray(segment)) return `"${path.slice(0, i).join('.')}[…]": say outright which one is meant.`
    const key = String(segment)
    if (Array.isArray(at) && (typeof segment === 'number' || key === 'first' || key === 'last')) at = at[0]
    else if (OF_LISTS.includes(key) && i > 0 && (Array.isArray(at) || typeof at === 'string')) return null
    else if (typeof at === 'object' && at !== null && !Array.isArray(at) && Object.hasOwn(at, key)) at = (at as Variables)[key]
    else return `There is no variable "${shown}"${i === 0 ? '' : `; of ${path.slice(0, i).join('.')} there is ${namesOf(at)}`}.`
  }
  return null
}

const namesOf = (at: unknown): string =>
  Array.isArray(at) ? OF_LISTS.join(', ') : typeof at === 'object' && at !== null ? Object.keys(at).join(', ') : 'nothing more'

/** One line, in our words where it is about a variable. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return 'The template cannot be written.'
  const [line = ''] = error.message.split('\n')
  const missing = /^undefined variable: ([\w.[\]]+)/.exec(line)?.[1]
  if (missing !== undefined) return `"${missing}" is not known here: ask first, {% if ${missing} %}, or say what instead, | default: "…".`
  return `It cannot be written: ${line}.`
}
