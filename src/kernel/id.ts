/** A uuid that remembers what it names, so a tier's id cannot be passed for a customer's. */
export type Id<Of extends string> = string & { readonly __id: Of }

export const isUuid = (text: string): boolean => /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text)
