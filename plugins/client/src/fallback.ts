import type { RegularsError } from './error.ts'

/** Hears that list prices are given, for what, and why: once a request. */
export type OnFallback = (why: RegularsError, skus: readonly string[]) => void
