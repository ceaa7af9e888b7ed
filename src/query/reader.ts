import type { QueryFault } from './fault.ts'
import { type FaultText, tokenFault } from './position.ts'
import { type Token, tokens } from './token.ts'

/** The one place in the tokens that has been read up to, and the faults found on the way. */
export class Reader {
  readonly #query: string
  readonly #tokens: readonly Token[]
  readonly #end: Token
  readonly #faults: QueryFault[] = []
  /** Where in the query they are. */
  readonly #told = new Set<number>()
  #next = 0

  constructor(query: string) {
    this.#query = query
    this.#tokens = tokens(query)
    this.#end = this.#tokens.at(-1) ?? { kind: 'end', text: '', at: query.length, meant: null }
  }

  isTold({ at }: Token): boolean {
    return this.#told.has(at)
  }

  get faults(): readonly QueryFault[] {
    return this.#faults.toSorted((a, b) => a.line - b.line || a.column - b.column)
  }

  peek(ahead = 0): Token {
    return this.#tokens[this.#next + ahead] ?? this.#end
  }

  take(): Token {
    const token = this.peek()
    this.#next++
    return token
  }

  /** A keyword in any case. */
  isWord(word: string, ahead = 0): boolean {
    const token = this.peek(ahead)
    return token.kind === 'word' && token.text.toUpperCase() === word
  }

  isSign(sign: string, ahead = 0): boolean {
    const token = this.peek(ahead)
    return token.kind === 'sign' && token.text === sign
  }

  takeWord(word: string): boolean {
    if (!this.isWord(word)) return false
    this.take()
    return true
  }

  takeSign(sign: string): boolean {
    if (!this.isSign(sign)) return false
    this.take()
    return true
  }

  /** Takes the sign, or tells that it is missing. */
  need(sign: string): boolean {
    return this.takeSign(sign) || this.unexpected([sign])
  }

  needWord(word: string): boolean {
    return this.takeWord(word) || this.unexpected([word])
  }

  /** Where a clause ends whatever is wrong with it: here a new one can be begun. */
  atClauseEnd(): boolean {
    return this.peek().kind === 'end' || this.isSign(')') || this.isWord('AND') || this.isWord('OR')
  }

  /** Passes over what is left of a clause, whole parentheses at a time. */
  skipClause(): void {
    for (let depth = 0; this.peek().kind !== 'end' && (depth > 0 || !this.atClauseEnd()); ) depth += this.#depthOfTaken()
  }

  /** Passes over what is left of a list up to its comma or closing parenthesis. */
  skipItem(): void {
    const ends = () => this.isSign(')') || this.isSign(',')
    for (let depth = 0; this.peek().kind !== 'end' && (depth > 0 || !ends()); ) depth += this.#depthOfTaken()
  }

  /** Passes over what is left between parentheses, and over the one that closes them. */
  skipToClose(): void {
    do this.skipItem()
    while (this.takeSign(','))
    this.takeSign(')')
  }

  #depthOfTaken(): number {
    const { kind, text } = this.take()
    if (kind !== 'sign') return 0
    return text === '(' ? 1 : text === ')' ? -1 : 0
  }

  /** The next token is none of these. */
  unexpected(expected: readonly string[], suggestion: string | null = this.peek().meant): false {
    return this.fault(this.peek(), { expected, suggestion })
  }

  /** Where a fault was told already another one only says it again. */
  fault(token: Token, text: FaultText): false {
    if (this.isTold(token)) return false
    this.#told.add(token.at)
    this.#faults.push(tokenFault(this.#query, token, text))
    return false
  }
}
