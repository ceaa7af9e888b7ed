import { instant } from '../kernel/clock.ts'
import type { Problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { isProse } from '../kernel/text.ts'
import { readAdjustment } from '../pricebook/adjustment.model.ts'
import { bad, firstOf, inside, LONGEST_WORD, readEach, tooMany, wholeFault, wordFault } from '../pricebook/checks.model.ts'
import { blankAsNull } from '../pricebook/terms.model.ts'
import type { LinkItem } from '../pricing/cart.ts'
import { ANY_SEGMENT } from '../query/segment.ts'
import { readQuery } from '../segments/customer-query.model.ts'
import type { LinkTerms, WantedItem, WantedLink } from './link.model.ts'

const MOST_ITEMS = 100
const MOST_UNITS = 1_000_000
const MOST_USES = 1_000_000_000
const LONGEST_NAME = 200
const LONGEST_PROSE = 2_000

/** What a link is to say, or the first thing that is wrong with it. */
export function readLink(wanted: WantedLink): Result<LinkTerms, Problem> {
  const [note, message, audience] = [blankAsNull(wanted.note), blankAsNull(wanted.message), blankAsNull(wanted.audience)]
  const { validFrom, validUntil } = wanted
  const fault = firstOf(
    wordFault(wanted.name, LONGEST_NAME, 'name'),
    proseFault(note, 'note'),
    proseFault(message, 'message'),
    audienceFault(audience),
    itemsFault(wanted.items),
    validFrom != null && validUntil != null && validFrom >= validUntil ? bad('validUntil must be after validFrom.', 'validUntil') : null,
    wholeFault(wanted.maxUses, 1, MOST_USES, 'maxUses'),
    wholeFault(wanted.maxUsesPerCustomer, 1, MOST_USES, 'maxUsesPerCustomer'),
  )
  if (fault !== null) return refuse(fault)
  const items = readEach(wanted.items, 'items', readItem)
  if (!items.ok) return items
  return accept({
    name: wanted.name,
    note,
    message,
    audience,
    items: items.value,
    validFrom: validFrom == null ? null : instant(validFrom),
    validUntil: validUntil == null ? null : instant(validUntil),
    maxUses: wanted.maxUses ?? null,
    maxUsesPerCustomer: wanted.maxUsesPerCustomer ?? null,
  })
}

const proseFault = (text: string | null, field: string): Problem | null =>
  text === null || isProse(text, LONGEST_PROSE) ? null : bad(`${field} has at most ${LONGEST_PROSE} characters that can be kept.`, field)

function audienceFault(audience: string | null): Problem | null {
  // Whether there are the segments that it names is asked when it is made, by who can see them.
  const query = readQuery(audience, ['audience'], 'AUDIENCE', ANY_SEGMENT)
  return query.ok ? null : query.problem
}

function itemsFault(items: readonly WantedItem[]): Problem | null {
  if (items.length === 0) return bad('A link needs an item.', 'items')
  if (items.length > MOST_ITEMS) return tooMany('items a link', MOST_ITEMS, 'items')
  const skus = items.map(({ sku }) => sku)
  const twice = skus.findIndex((sku, i) => skus.indexOf(sku) !== i)
  return twice === -1 ? null : bad(`"${skus[twice] ?? ''}" is there twice: one item a sku.`, 'items', twice, 'sku')
}

function readItem({ sku, quantity: wanted, maxQuantity: most, adjustment }: WantedItem): Result<LinkItem, Problem> {
  const quantity = wanted ?? 1
  const fault = firstOf(
    wordFault(sku, LONGEST_WORD, 'sku'),
    wholeFault(quantity, 1, MOST_UNITS, 'quantity'),
    wholeFault(most, 1, MOST_UNITS, 'maxQuantity'),
    most != null && most < quantity ? bad('maxQuantity must not be below quantity.', 'maxQuantity') : null,
  )
  if (fault !== null) return refuse(fault)
  const read = inside(readAdjustment(adjustment), 'adjustment')
  return read.ok ? accept({ sku, quantity, maxQuantity: most ?? quantity, adjustment: read.value }) : read
}
