import { expect, test } from 'vitest'
import { openTestShop } from '../harness/shop.ts'

test("a shop's tiers come in the order of their ranks", async () => {
  const shop = await openTestShop()
  for (const [code, rank] of [
    ['gold', 2],
    ['silver', 1],
  ])
    await shop.admin('mutation ($input: TierInput!) { saveTier(input: $input) { id } }', { input: { code, name: code, rank } })
  expect(await shop.admin('{ tiers { code } }')).toEqual({ tiers: [{ code: 'silver' }, { code: 'gold' }] })
  expect(await shop.storefront('{ shop { code tiers { code rank } } }')).toEqual({
    shop: {
      code: shop.code,
      tiers: [
        { code: 'silver', rank: 1 },
        { code: 'gold', rank: 2 },
      ],
    },
  })
})
