/** What one request may ask at the most. Each is refused under the code beside it (docs/errors.md, docs/limits.md). */
export const LIMITS = {
  /** Bytes of the body. BODY_TOO_LARGE. */
  bodyBytes: 2_000_000,
  /** Bytes of a form on the page of preferences. BODY_TOO_LARGE. */
  formBytes: 10_000,
  /** Lexical tokens of the document. QUERY_TOO_LONG. */
  tokens: 10_000,
  /** Fields within fields, introspection aside. QUERY_TOO_DEEP. */
  depth: 12,
  /** Fields under another name, in the whole document. TOO_MANY_ALIASES. */
  aliases: 50,
  /** Root fields of one operation. TOO_MANY_ROOT_FIELDS. */
  rootFields: 20,
  /** Objects that the answer may come to hold, by the page sizes asked for. QUERY_TOO_COMPLEX. */
  complexity: 50_000,
  /** Objects that a list without a page size is taken to hold. */
  listOfUnknownLength: 5,
  /** Unknown codes and link tokens that one address may try with one publishable key in that time. RATE_LIMITED. */
  wrongCodes: { count: 30, seconds: 60 },
  /** Tokens that open nothing which one address may try at /l/ in that time, and those and wrong signatures at /m/. HTTP 429. */
  wrongLinks: { count: 30, seconds: 60 },
  /** Milliseconds that a request may take to arrive. */
  arrivalMs: 30_000,
  /** Milliseconds that what is under way has to finish in once the process is told to stop. */
  graceMs: 20_000,
} as const
