/**
 * A piece of SQL with bound values: `strings` has one member more than `values`, as a template has. It holds no driver's
 * notation, so whoever runs it numbers the parameters; nothing that a query says is ever part of the text.
 */
export type SqlFragment = { readonly strings: readonly string[]; readonly values: readonly SqlValue[] }
type SqlValue = string | number | boolean

const isFragment = (part: SqlValue | SqlFragment): part is SqlFragment => typeof part === 'object'

/** A template whose plain parts become bound values and whose fragments become part of it. */
export function sql(texts: TemplateStringsArray, ...parts: readonly (SqlValue | SqlFragment)[]): SqlFragment {
  const strings: string[] = [texts[0] ?? '']
  const values: SqlValue[] = []
  parts.forEach((part, i) => {
    const after = texts[i + 1] ?? ''
    const [first = '', ...rest] = isFragment(part) ? part.strings : ['', '']
    strings.push(`${strings.pop() ?? ''}${first}`, ...rest)
    values.push(...(isFragment(part) ? part.values : [part]))
    strings.push(`${strings.pop() ?? ''}${after}`)
  })
  return { strings, values }
}

/** SQL that is the house's own text. Never for what comes from a query. */
export const raw = (text: string): SqlFragment => ({ strings: [text], values: [] })

/** Fragments in a row with the house's text between them. */
export const joined = (parts: readonly SqlFragment[], between: string): SqlFragment =>
  parts.reduce((row, part, i) => (i === 0 ? part : sql`${row}${raw(between)}${part}`), raw(''))

/** True if all of them are; true if there is none. */
export const all = (parts: readonly SqlFragment[]): SqlFragment => gathered(parts, ' and ', 'true')
/** True if one of them is; false if there is none. */
export const any = (parts: readonly SqlFragment[]): SqlFragment => gathered(parts, ' or ', 'false')

function gathered(parts: readonly SqlFragment[], between: string, none: string): SqlFragment {
  const [only] = parts
  if (!only) return raw(none)
  return parts.length === 1 ? only : sql`(${joined(parts, between)})`
}

/** The text with $1, $2 … and the values, for a driver that takes them so. */
export const numbered = ({ strings, values }: SqlFragment): { readonly text: string; readonly params: readonly SqlValue[] } => ({
  text: strings.map((text, i) => (i === 0 ? text : `$${i}${text}`)).join(''),
  params: values,
})
