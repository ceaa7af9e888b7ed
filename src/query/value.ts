import { readDate } from './calendar.ts'
import { nearest } from './nearest.ts'
import type { ValueType } from './operators.ts'
import type { FaultText } from './position.ts'
import type { Reader } from './reader.ts'
import { SAYS, type Sentence } from './sentences.ts'
import type { Token } from './token.ts'
import type { Value } from './tree.ts'

/** What a value is held to: a type, and the words of an enumeration. */
export type ValueRule = { readonly type: ValueType; readonly values?: readonly string[]; readonly name: string }

const DATES = ['YYYY-MM-DD', 'YYYY-MM-DDTHH:MM:SS', 'today', 'yesterday', '-30d', '+4w', '-12m', '-1y', '7_days_ago', '30_days_ago']
const whole = { en: 'takes a whole number.', zh: '要写整数。' }
const number = { en: 'takes a number.', zh: '要写数字。' }
const text = { en: 'takes a text in single quotes.', zh: '要写单引号中的文本。' }
const FORMS: Readonly<Record<ValueType, { readonly expected: readonly string[]; readonly why: Sentence }>> = {
  integer: { expected: ['a whole number'], why: whole },
  amount: { expected: ['a number'], why: number },
  average: { expected: ['a number'], why: number },
  figure: { expected: ['a number'], why: number },
  date: { expected: DATES, why: { en: 'takes a date.', zh: '要写日期。' } },
  text: { expected: ["'text'"], why: text },
  id: {
    expected: ["'text'", 'a whole number'],
    why: { en: 'takes a text in single quotes or a whole number.', zh: '要写单引号中的文本或整数。' },
  },
  member: { expected: ["'text'"], why: text },
  list: { expected: ["'text'"], why: text },
  enum: { expected: [], why: { en: 'takes only its own words, in single quotes.', zh: '只能写规定的词，并加单引号。' } },
  boolean: { expected: ['true', 'false'], why: { en: 'takes true or false.', zh: '只能写 true 或 false。' } },
  free: {
    expected: ["'text'", 'a number', 'true', 'false', ...DATES],
    why: { en: 'takes a text, a number, a date, true or false.', zh: '可写文本、数字、日期、true 或 false。' },
  },
}

/** Reads one value of the type; what is wrong with it becomes a fault and it null. */
export function readValue(reader: Reader, rule: ValueRule): Value | null {
  const token = reader.peek()
  const value = written(token)
  const expected = rule.values ?? FORMS[rule.type].expected
  if (value) {
    reader.take()
    const taken = typed(value, rule)
    if (taken === null) reader.fault(token, { expected, ...wrongValue(token, rule) })
    return taken
  }
  if (token.kind === 'text') reader.take()
  const isDate = token.kind === 'day' || token.kind === 'time' || token.kind === 'offset'
  const why = isDate ? { why: SAYS.noDate } : {}
  reader.fault(token, { expected, suggestion: token.meant ?? quoted(token, rule), ...why })
  // What ends a clause is left where it is, so that what follows is still read.
  if (token.kind !== 'text' && !reader.atClauseEnd() && !(token.kind === 'sign' && '(,'.includes(token.text))) reader.take()
  return null
}

/** What stands there, whatever is wanted. */
function written({ kind, text }: Token): Value | null {
  if (kind === 'text' || kind === 'integer' || kind === 'decimal') return { kind, text }
  if (kind === 'day' || kind === 'time' || kind === 'offset' || kind === 'named') return readDate(text)
  if (kind === 'word' && /^(?:true|false)$/i.test(text)) return { kind: 'boolean', value: text.toLowerCase() === 'true' }
  return null
}

/** The value as one of the type, or null if it is none. A date may be quoted; nothing else is taken for what it is not. */
function typed(value: Value, { type, values }: ValueRule): Value | null {
  switch (type) {
    case 'free':
      return value
    case 'integer':
      return value.kind === 'integer' ? value : null
    case 'amount':
    case 'average':
    case 'figure':
      return value.kind === 'integer' || value.kind === 'decimal' ? value : null
    case 'boolean':
      return value.kind === 'boolean' ? value : null
    case 'enum':
      return value.kind === 'text' && values?.includes(value.text) ? value : null
    case 'id':
      return value.kind === 'text' || value.kind === 'integer' ? value : null
    case 'date':
      return value.kind === 'text' ? readDate(value.text) : isDate(value) ? value : null
    default:
      return value.kind === 'text' ? value : null
  }
}

const isDate = ({ kind }: Value): boolean => kind === 'day' || kind === 'time' || kind === 'named' || kind === 'offset'

function wrongValue(token: Token, rule: ValueRule): FaultText {
  const why = SAYS.value(rule.name, FORMS[rule.type].why, rule.values)
  if (rule.values) return { why, suggestion: nearest(token.text, rule.values, 1)[0] ?? null }
  const unquoted = token.kind === 'text' && /^-?\d+(?:\.\d+)?$|^(?:true|false)$/i.test(token.text) ? token.text : null
  const fits = unquoted !== null && typed(figureOrBoolean(unquoted), rule) !== null
  return { why, suggestion: fits ? unquoted : quoted(token, rule) }
}

const figureOrBoolean = (text: string): Value => {
  if (/^[tf]/i.test(text)) return { kind: 'boolean', value: text.toLowerCase() === 'true' }
  return { kind: text.includes('.') ? 'decimal' : 'integer', text }
}

/** A text of which only the quotes were forgotten. */
function quoted({ kind, text }: Token, { type, values }: ValueRule): string | null {
  const wantsText = type === 'text' || type === 'id' || type === 'member' || type === 'list'
  if (wantsText && kind !== 'text' && kind !== 'end' && kind !== 'sign') return `'${text}'`
  const [near] = values && kind === 'word' ? nearest(text, values, 1) : []
  return near === undefined ? null : `'${near}'`
}
