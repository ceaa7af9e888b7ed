/** A word that is on customers, with how many it is on. */
export type UsedTag = { readonly key: string; readonly name: string; readonly customerCount: number }
