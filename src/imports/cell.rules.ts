import { beginsFormula } from '../kernel/formula.ts'
import { compare, readDecimal } from './amount.rules.ts'
import type { Cell, Condition, DecimalMark } from './mapping.model.ts'

export type Cells = readonly string[]
/** What a cell says in a row; empty where it says nothing. */
export type Reader = (cells: Cells) => string

/** A file's columns by name. What a mapping asks for in vain is remembered, to be told all at once. */
export class Header {
  readonly missing = new Set<string>()
  readonly #places = new Map<string, number>()

  constructor(names: Cells) {
    for (const [i, name] of names.entries()) if (!this.#places.has(clean(name))) this.#places.set(clean(name), i)
  }

  has(column: string): boolean {
    return this.#places.has(column)
  }

  place(column: string): number | null {
    const place = this.#places.get(column)
    if (place === undefined) this.missing.add(column)
    return place ?? null
  }

  /** One of the columns is enough. */
  reader(cell: Cell | null): Reader {
    if (cell === null) return () => ''
    const places = cell.columns.flatMap((column) => this.#places.get(column) ?? [])
    if (places.length === 0 && cell.columns.length > 0 && !cell.optional) this.missing.add(cell.columns.join(' or '))
    const otherwise = cell.otherwise ?? ''
    return (cells) => {
      for (const place of places) {
        const text = clean(cells[place] ?? '')
        if (text !== '') return cell.prefix + text
      }
      return otherwise
    }
  }
}

/** Without what exports, and our own files, put around a text so that spreadsheets leave it alone: ="0012", '0012, '=1+1, blanks. */
export function clean(cell: string): string {
  const text = cell.trim()
  if (text.startsWith("'")) return /^'\d/.test(text) || beginsFormula(text.slice(1)) ? clean(text.slice(1)) : text
  return text.startsWith('="') && text.endsWith('"') ? text.slice(2, -1).trim() : text
}

/** Whether a condition holds in a row; a text: why that cannot be told. */
export type Test = (cells: Cells) => boolean | { readonly fault: string }

export function test(condition: Condition, header: Header, mark: DecimalMark): Test {
  const read = header.reader({ columns: [condition.column], prefix: '', otherwise: null, optional: condition.optional })
  switch (condition.test) {
    case 'EMPTY':
      return (cells) => (read(cells) === '') === condition.holds
    case 'IN':
      return (cells) => condition.texts.includes(read(cells)) === condition.holds
    case 'STARTS_WITH':
      return (cells) => condition.texts.some((text) => read(cells).startsWith(text)) === condition.holds
    default:
      return numberTest(condition.column, read, condition.test, condition.bound, mark)
  }
}

function numberTest(
  column: string,
  read: Reader,
  kind: 'ABOVE' | 'AT_LEAST' | 'BELOW' | 'AT_MOST',
  written: string,
  mark: DecimalMark,
): Test {
  const bound = readDecimal(written) ?? { digits: 0n, scale: 0 }
  const holds = {
    ABOVE: (x: number) => x > 0,
    AT_LEAST: (x: number) => x >= 0,
    BELOW: (x: number) => x < 0,
    AT_MOST: (x: number) => x <= 0,
  }[kind]
  return (cells) => {
    const number = readDecimal(read(cells), mark)
    return number === null ? { fault: `${column} "${read(cells).slice(0, 50)}" is no number.` } : holds(compare(number, bound))
  }
}
