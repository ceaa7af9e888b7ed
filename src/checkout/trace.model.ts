import type { RuleTrace } from '../pricing/quote.ts'

/**
 * The traces of a priced cart as they are stored: what was said of a rule (its kind, code and outcome) once, and of each
 * line, in the cart's order, the places of what was said there, each followed by the price. In a cart of many lines the
 * same is said of the same rules over and over.
 */
export type StoredTrace = {
  readonly said: readonly (readonly [RuleTrace['kind'], string, RuleTrace['outcome']])[]
  readonly lines: readonly (readonly (number | null)[])[]
}
