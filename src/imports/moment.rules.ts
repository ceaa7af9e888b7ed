import { type Instant, instant } from '../kernel/clock.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { localInstant } from '../kernel/zone.ts'

/** Reads a file's times; null for a text that is none. */
export type MomentReader = (text: string) => Instant | null

/** Year first, as ISO 8601 and most exports have it; the time may be left out, and so may the offset. */
const USUAL =
  /^(?<yyyy>\d{4})[-/.](?<MM>\d{1,2})[-/.](?<dd>\d{1,2})(?:[T ]+(?<HH>\d{1,2}):(?<mm>\d{2})(?::(?<ss>\d{2})(?:[.,]\d{1,9})?)?)?\s*(?<XX>Z|UTC|[+-]\d{2}:?\d{2})?$/i

const TOKENS: Readonly<Record<string, string>> = {
  yyyy: '(?<yyyy>\\d{4})',
  yy: '(?<yy>\\d{2})',
  MM: '(?<MM>\\d{2})',
  M: '(?<MM>\\d{1,2})',
  dd: '(?<dd>\\d{2})',
  d: '(?<dd>\\d{1,2})',
  HH: '(?<HH>\\d{2})',
  H: '(?<HH>\\d{1,2})',
  hh: '(?<hh>\\d{2})',
  h: '(?<hh>\\d{1,2})',
  mm: '(?<mm>\\d{2})',
  m: '(?<mm>\\d{1,2})',
  ss: '(?<ss>\\d{2})',
  s: '(?<ss>\\d{1,2})',
  a: '(?<a>AM|PM)',
  XX: '(?<XX>Z|[+-]\\d{2}:?\\d{2})',
}
const PIECES = /yyyy|yy|MM?|dd?|HH?|hh?|mm?|ss?|XX|a|[A-Za-z]|[^A-Za-z]+/g

/** How many texts are remembered: the rows of one order, and of one second, have the same. */
const REMEMBERED = 10_000

/**
 * A reader of times written in a format (`dd/MM/yyyy HH:mm`, `unix`, `unix-ms`); without one, year first. Times without an
 * offset are of the zone.
 */
export function momentReader(format: string | null, zone: string): Result<MomentReader, Problem> {
  if (format === 'unix' || format === 'unix-ms') return accept(remembering(unixReader(format === 'unix' ? 1_000 : 1)))
  const pattern = format === null ? accept(USUAL) : patternOf(format)
  if (!pattern.ok) return pattern
  return accept(remembering((text) => read(pattern.value, text, zone)))
}

function patternOf(format: string): Result<RegExp, Problem> {
  const pieces = format.match(PIECES) ?? []
  const unknown = pieces.find((piece) => /^[A-Za-z]/.test(piece) && piece !== 'T' && TOKENS[piece] === undefined)
  if (unknown !== undefined)
    return refuse(problem('BAD_USER_INPUT', `"${format}" is no date format: "${unknown}" means nothing; yyyy MM dd HH mm ss hh a XX do.`))
  const used = pieces.flatMap((piece) => TOKENS[piece]?.slice(3, 5) ?? [])
  if (new Set(used).size < used.length || !['yy', 'MM', 'dd'].every((part) => used.includes(part)))
    return refuse(problem('BAD_USER_INPUT', `"${format}" is no date format: it needs a year, a month and a day, each once.`))
  const source = pieces.map((piece) => TOKENS[piece] ?? piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+')).join('')
  return accept(new RegExp(`^${source}$`, 'i'))
}

function read(pattern: RegExp, text: string, zone: string): Instant | null {
  const parts = pattern.exec(text)?.groups
  if (parts === undefined) return null
  const number = (name: string) => Number(parts[name] ?? 0)
  const year = parts.yy === undefined ? number('yyyy') : 2000 + number('yy')
  const hour = parts.hh === undefined ? number('HH') : twelveHour(number('hh'), parts.a)
  const at = Date.UTC(year, number('MM') - 1, number('dd'), hour, number('mm'), number('ss'))
  const written = [year, number('MM'), number('dd'), hour, number('mm'), number('ss')]
  const shown = new Date(at)
  const calendar = [
    shown.getUTCFullYear(),
    shown.getUTCMonth() + 1,
    shown.getUTCDate(),
    shown.getUTCHours(),
    shown.getUTCMinutes(),
    shown.getUTCSeconds(),
  ]
  if (written.some((part, i) => part !== calendar[i])) return null
  const offset = parts.XX
  return offset === undefined ? localInstant(shown.toISOString().slice(0, 19), zone) : instant(at - offsetMs(offset))
}

const twelveHour = (hour: number, half: string | undefined) =>
  hour > 12 || hour < 1 ? Number.NaN : (hour % 12) + (half?.toUpperCase() === 'PM' ? 12 : 0)

function offsetMs(text: string): number {
  if (!/^[+-]/.test(text)) return 0
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(-2))
  return (text.startsWith('-') ? -minutes : minutes) * 60_000
}

const unixReader =
  (unit: number): MomentReader =>
  (text) =>
    /^\d{1,13}$/.test(text) ? instant(Number(text) * unit) : null

function remembering(reader: MomentReader): MomentReader {
  const known = new Map<string, Instant | null>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    if (known.size === REMEMBERED) known.clear()
    const at = reader(text)
    // A copy: the text itself is a part of the piece of the file that it was read from, and would keep all of that.
    known.set(Buffer.from(text).toString(), at)
    return at
  }
}
