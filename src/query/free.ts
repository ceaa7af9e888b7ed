/** A shop's own attributes, under our name for them and under the names of those who came from Shopify. */
const PREFIXES = ['attributes.', 'metafields.', 'customer.metafields.']

/** The name of a shop's own attribute, without what says that it is one; null if it is not one. */
export function freeAttribute(name: string): string | null {
  const prefix = PREFIXES.find((start) => name.startsWith(start))
  const own = prefix === undefined ? '' : name.slice(prefix.length)
  return /^[^.]+(?:\.[^.]+)*$/.test(own) ? own : null
}

/** Shopify's name for the date of birth. Here it is the customer's own; where that is not known, what the shop put under the name. */
export const BIRTH_DATE = 'facts.birth_date'
