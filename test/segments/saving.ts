import type { TestShop } from '../harness/shop.ts'

type SavedSegment = { readonly id: string; readonly code: string; readonly customerCount: number }

export async function saveSegment(shop: TestShop, code: string, query: string, name = code): Promise<SavedSegment> {
  const answer = await shop.admin(
    'mutation ($input: SegmentInput!) { saveSegment(input: $input) { id code name query customerCount updatedAt } }',
    {
      input: { code, name, query },
    },
  )
  return answer.saveSegment
}

export const deleteSegment = (shop: TestShop, code: string): Promise<unknown> =>
  shop.admin('mutation ($code: String!) { deleteSegment(code: $code) }', { code })

/** Whom a query holds, in the order of the alphabet. */
export async function externalIds(shop: TestShop, query: string): Promise<string[]> {
  const { customers } = await shop.admin('query ($query: String!) { customers(query: $query, first: 250) { nodes { externalId } } }', {
    query,
  })
  return customers.nodes.map(({ externalId }: { externalId: string }) => externalId).sort()
}
