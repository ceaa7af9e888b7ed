import type { Quote, QuoteLine, RuleTrace } from '../pricing/quote.ts'
import type { StoredTrace } from './trace.model.ts'

export function packTrace({ lines }: Quote): StoredTrace {
  const places = new Map<string, number>()
  const said: (readonly [RuleTrace['kind'], string, RuleTrace['outcome']])[] = []
  const placeOf = ({ kind, code, outcome }: RuleTrace): number => {
    const key = `${kind} ${outcome} ${code}`
    const known = places.get(key)
    if (known !== undefined) return known
    places.set(key, said.length)
    return said.push([kind, code, outcome]) - 1
  }
  return { lines: lines.map(({ trace }) => (trace ?? []).flatMap((one) => [placeOf(one), one.price])), said }
}

/** The quote with its traces; one whose traces were not kept has none. */
export function explained(quote: Quote, stored: StoredTrace | null): Quote {
  if (stored === null) return quote
  return { ...quote, lines: quote.lines.map((line, i) => ({ ...line, trace: unpack(stored, stored.lines[i] ?? []) })) }
}

/** The same quote as shoppers have it. */
export const unexplained = (quote: Quote): Quote => ({ ...quote, lines: quote.lines.map((line): QuoteLine => ({ ...line, trace: null })) })

function unpack({ said }: StoredTrace, packed: readonly (number | null)[]): RuleTrace[] {
  const traces: RuleTrace[] = []
  for (let i = 0; i < packed.length; i += 2) {
    const [kind, code, outcome] = said[packed[i] ?? -1] ?? []
    if (kind === undefined || code === undefined || outcome === undefined)
      throw new RangeError('a stored trace names what it does not hold')
    traces.push({ kind, code, outcome, price: (packed[i + 1] ?? null) as RuleTrace['price'] })
  }
  return traces
}
