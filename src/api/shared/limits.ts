/** What one request may ask at the most. Each is refused under the code beside it (docs/errors.md). */
export const LIMITS = {
  /** Bytes of the body. BODY_TOO_LARGE. */
  bodyBytes: 2_000_000,
  /** Lexical tokens of the document. QUERY_TOO_LONG. */
  tokens: 4_000,
  /** Fields within fields. QUERY_TOO_DEEP. */
  depth: 12,
  /** Fields under another name, in the whole document. TOO_MANY_ALIASES. */
  aliases: 50,
  /** Root fields of one operation. TOO_MANY_ROOT_FIELDS. */
  rootFields: 20,
  /** Objects that the answer may come to hold, by the page sizes asked for. QUERY_TOO_COMPLEX. */
  complexity: 50_000,
  /** Unknown codes and link tokens that one address may try with one publishable key in that time. RATE_LIMITED. */
  wrongCodes: { count: 30, seconds: 60 },
} as const
