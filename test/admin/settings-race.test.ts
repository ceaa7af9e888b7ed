import { expect, inject, test } from 'vitest'
import { bearer } from '../harness/client.ts'
import { openTestShop } from '../harness/shop.ts'

test.skipIf(inject('template') === null)(
  'settings and rules that are saved at once never wait for each other in a circle (PostgreSQL server)',
  async () => {
    const shop = await openTestShop()
    const ask = (query: string, variables: object) => shop.ask('/admin/graphql', bearer(shop.keys.owner), query, variables)
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, i) =>
        i % 2 === 0
          ? ask('mutation ($input: ShopInput!) { updateShop(input: $input) { name } }', { input: { name: `Shop ${i}` } })
          : ask('mutation ($input: LadderInput!) { saveLadder(input: $input) { code } }', {
              input: { code: `ladder-${i}`, name: 'Ladder', rungs: [{ adjustment: { percentOff: 5 } }] },
            }),
      ),
    )
    expect(answers.flatMap((answer) => answer.errors)).toEqual([])
  },
)
