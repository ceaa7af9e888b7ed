/** `word` is a name or a keyword; `odd` is what begins like a token and is none; `end` comes once, at the end. */
type TokenKind = 'word' | 'text' | 'integer' | 'decimal' | 'day' | 'time' | 'named' | 'offset' | 'sign' | 'odd' | 'end'

export type Token = {
  readonly kind: TokenKind
  /** As written; of a quoted text what is between the quotes. */
  readonly text: string
  readonly at: number
  /** Of an odd one: what was most likely meant. */
  readonly meant: string | null
}

const BLANK = /[\s\u{feff}]+/uy
const QUOTED = /'((?:[^'\\]|\\'|\\(?!'))*)'/uy
/** A text between quotes that are not the language's. */
const MISQUOTED = /["“”‘’`]([^"“”‘’`'\n]*)["“”‘’`]/uy
const SIGN = /<=|>=|!=|=(?!=)|<(?!>)|>|[(),:]/uy
/** Letters of any script: a shop in China names its attributes in Chinese. */
const WORD = /[\p{L}_][\p{L}\p{M}\p{N}_.]*/uy
/** Figures and dates begin alike; the longest run is taken and only then looked at, so that 12abc is one fault, not two tokens. */
const FIGURE = /[+-]?\d[\w.:-]*/uy
const ODD = /==|<>|&&|\|\||[^\s'(),:=<>!]+|./suy

const NAMED = /^(?:(?:7|30|90)_days_ago|12_months_ago)$/i
const FIGURES: readonly (readonly [TokenKind, RegExp])[] = [
  ['time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/],
  ['day', /^\d{4}-\d\d-\d\d$/],
  ['named', NAMED],
  ['offset', /^[+-]\d+[dwmy]$/i],
  ['decimal', /^-?\d+\.\d+$/],
  ['integer', /^-?\d+$/],
]

/** What a keyboard set to Chinese, or a habit from another language, writes for it. */
// biome-ignore format: a table of pairs
const MEANT: Readonly<Record<string, string>> = {
  '==': '=', '<>': '!=', '!': 'NOT', '&&': 'AND', '||': 'OR', '（': '(', '）': ')', '，': ',', '、': ',', '：': ':', '＝': '=', '＞': '>', '＜': '<',
  '≥': '>=', '≤': '<=', '≠': '!=', '"': "'", '“': "'", '”': "'", '‘': "'", '’': "'", '`': "'",
}

/** The query cut into tokens; nothing is refused here, so that every fault is found in one place. */
export function tokens(query: string): readonly Token[] {
  const found: Token[] = []
  let at = 0
  while (at < query.length) {
    const blank = matchAt(BLANK, query, at)
    if (blank !== null) at += blank.length
    if (at >= query.length) break
    const { token, length } = tokenAt(query, at)
    found.push(token)
    at += length
  }
  return [...found, { kind: 'end', text: '', at: query.length, meant: null }]
}

function tokenAt(query: string, at: number): { readonly token: Token; readonly length: number } {
  const quoted = matchAt(QUOTED, query, at)
  if (quoted !== null) return token(unquoted(quoted, at), quoted.length)
  // A quote that is never closed takes the rest with it: what follows was meant to be text.
  if (query[at] === "'") return token({ kind: 'odd', text: query.slice(at), at, meant: `${query.slice(at).trimEnd()}'` }, query.length - at)
  const sign = matchAt(SIGN, query, at)
  if (sign !== null) return token({ kind: 'sign', text: sign, at, meant: null }, sign.length)
  const figure = matchAt(FIGURE, query, at)
  if (figure !== null) return token(figureToken(figure, at), figure.length)
  const word = matchAt(WORD, query, at)
  if (word !== null)
    return token({ kind: /^(?:today|yesterday)$/i.test(word) ? 'named' : 'word', text: word, at, meant: null }, word.length)
  const misquoted = matchAt(MISQUOTED, query, at)
  if (misquoted !== null) return token({ kind: 'odd', text: misquoted, at, meant: `'${misquoted.slice(1, -1)}'` }, misquoted.length)
  const odd = matchAt(ODD, query, at) ?? query.slice(at, at + 1)
  const first = [...odd][0] ?? odd
  const taken = MEANT[odd] === undefined && MEANT[first] !== undefined ? first : odd
  return token({ kind: 'odd', text: taken, at, meant: MEANT[taken] ?? null }, taken.length)
}

const token = (of: Token, length: number) => ({ token: of, length })

function unquoted(quoted: string, at: number): Token {
  const text = quoted.slice(1, -1).replaceAll("\\'", "'")
  // The database can hold neither; they are no text that anybody typed.
  const kind = text.includes('\0') || !text.isWellFormed() ? 'odd' : 'text'
  return { kind, text, at, meant: null }
}

function figureToken(text: string, at: number): Token {
  const kind = FIGURES.find(([, form]) => form.test(text))?.[0] ?? 'odd'
  const meant = /^\d+[dwmy]$/i.test(text) ? `-${text}` : null
  return { kind, text, at, meant }
}

function matchAt(form: RegExp, query: string, at: number): string | null {
  form.lastIndex = at
  return form.exec(query)?.[0] ?? null
}
