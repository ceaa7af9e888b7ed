/** A uuid that remembers what it names, so a tier's id cannot be passed for a customer's. */
export type Id<Of extends string> = string & { readonly __id: Of }
