/** The answer of a decision that may be refused. Refusals are data; only bugs and outages are thrown. */
export type Result<T, P> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: P }

export const accept = <T>(value: T) => ({ ok: true, value }) as const
export const refuse = <P>(problem: P) => ({ ok: false, problem }) as const
