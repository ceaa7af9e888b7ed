import { trace } from '../audit/audit.service.ts'
import { type Problem, problem, within } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { searchCustomers } from '../segments/customer-query.service.ts'
import { type CsvCell, toCsv } from '../shell/csv.ts'
import { newId } from '../shell/ids.ts'
import { publicUrl } from '../shell/public-url.ts'
import { newSeed } from '../shell/random.ts'
import { transact, type World } from '../shell/world.ts'
import { currentShop } from '../shops/shop.service.ts'
import type { LinkTerms, WantedLink } from './link.model.ts'
import { insertLinks } from './link.store.ts'
import { readLink } from './link-terms.model.ts'
import { hashToken, urlOf, writeToken } from './token.rules.ts'

const MOST_LINKS = 100_000
const AT_ONCE = 5_000

/** What is handed out of each link, under names that mail merges know it by. */
const COLUMNS = ['externalId', 'name', 'email', 'phone', 'linkId', 'url']

export type Batch = { readonly batchId: string; readonly count: number; readonly csv: string }

/** A link of their own for everyone whom a query holds, all or none. The tokens are in the answer and nowhere else. */
export async function createPrivateLinks(
  world: World,
  wanted: WantedLink,
  query: string,
  random: () => Uint8Array = newSeed,
): Promise<Result<Batch, Problem>> {
  const terms = readLink(wanted)
  if (!terms.ok) return refuse(within(terms.problem, 'input'))
  if (terms.value.audience !== null)
    return refuse(
      problem('BAD_USER_INPUT', 'Each of these links is for one person: say whom with query, and leave audience out.', [
        'input',
        'audience',
      ]),
    )
  const found = await searchCustomers(world, query, { first: MOST_LINKS, after: null })
  if (!found.ok) return found
  const { nodes: customers, hasNextPage: tooMany } = found.value
  if (tooMany)
    return refuse(problem('TOO_MANY_ITEMS', `The query holds more than ${MOST_LINKS.toLocaleString('en')} customers.`, ['query']))
  return transact(world, async (tx) => {
    const shop = await currentShop(tx)
    const batchId = newId()
    const handedOut: (readonly CsvCell[])[] = []
    for (let from = 0; from < customers.length; from += AT_ONCE) {
      const made = customers.slice(from, from + AT_ONCE).map((customer) => {
        const token = writeToken(shop.code, random())
        const id = newId()
        const { externalId, name, email, phone } = customer
        handedOut.push([externalId, name, email, phone, id, urlOf(shop.privateLinkUrl, token)])
        return { id, hash: hashToken(token), customerIds: [customer.id] }
      })
      await insertLinks(tx, terms.value, made, batchId)
    }
    await trace(tx, {
      action: 'createPrivateLinks',
      target: `privateLinkBatch/${batchId}`,
      after: { ...terms.value, query, count: customers.length },
    })
    return accept({ batchId, count: customers.length, csv: toCsv(COLUMNS, handedOut) })
  })
}

/** A link of one customer's, with its token, which is nowhere else. */
export type LinkForOne = { readonly customerId: string; readonly linkId: string; readonly token: string }

/**
 * A link of their own for each of these customers, as part of what somebody else does, who says in `batchId` what they belong to.
 */
export async function makeLinkForEach(
  world: World,
  terms: LinkTerms,
  customerIds: readonly string[],
  batchId: string,
  random: () => Uint8Array = newSeed,
): Promise<LinkForOne[]> {
  const shop = await currentShop(world)
  const made = customerIds.map((customerId) => ({ customerId, linkId: newId(), token: writeToken(shop.code, random()) }))
  for (let from = 0; from < made.length; from += AT_ONCE) {
    const rows = made.slice(from, from + AT_ONCE)
    await insertLinks(
      world,
      terms,
      rows.map(({ customerId, linkId, token }) => ({ id: linkId, hash: hashToken(token), customerIds: [customerId] })),
      batchId,
    )
  }
  return made
}

/** The same address for a token, whenever it is written: by the shop's template, else at this server's public door; null: nobody said where. */
export function addressOfLink(world: World, privateLinkUrl: string | null, token: string): string | null {
  const base = publicUrl(world.memory)
  if (privateLinkUrl !== null) return urlOf(privateLinkUrl, token)
  return base === null ? null : `${base}${urlOf(null, token)}`
}
