import { describe, expect, inject, test } from 'vitest'
import { customers, products, publish, saveOffer } from '../harness/acts.ts'
import { commit, held, letExpire, miscounted, release, reserve } from '../harness/checkout.ts'
import { createLink, link, open, revokeLink } from '../harness/links.ts'
import { anotherNode } from '../harness/node.ts'
import { openTestShop } from '../harness/shop.ts'

const FULL = process.env.CHECKOUT_ROUNDS === 'full'
const ON_SERVER = inject('template') !== null
const times = <T>(count: number, act: (i: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, i) => act(i)))

describe.skipIf(!ON_SERVER)('on a server (skipped on the embedded database, which takes one act after another)', () => {
  test('of 200 who reserve at once by a link with 37 uses, 37 get it', async () => {
    const shop = await openTestShop()
    const other = shop.at(await anotherNode())
    await products(shop, { A: 10_000 })
    const { token, link: made } = await createLink(shop, { maxUses: 40 })
    await times(3, () => held(shop, { cart: { A: 1 }, token }))
    const answers = await times(200, (i) => reserve(i % 2 === 0 ? shop : other, { cart: { A: 1 }, token, total: 5_000 }))
    const kinds = Map.groupBy(answers, (answer) => answer.reason ?? answer.__typename)
    expect(Object.fromEntries([...kinds].map(([kind, all]) => [kind, all.length]))).toEqual({ Reservation: 37, LIMIT_REACHED: 163 })
    expect(await link(shop, made.id)).toMatchObject({ uses: 40, status: 'USED_UP' })
    expect(await miscounted(shop)).toEqual([])
  })

  test('of 40 who are one customer, as many get a link as a customer may', async () => {
    const shop = await openTestShop()
    await products(shop, { A: 10_000 })
    await customers(shop, { mei: {} })
    const { token } = await createLink(shop, { maxUses: null, maxUsesPerCustomer: 3 })
    const answers = await times(40, () => reserve(shop, { cart: { A: 1 }, as: 'mei', token, total: 5_000 }))
    expect(answers.filter(({ __typename }) => __typename === 'Reservation')).toHaveLength(3)
  })

  test('carts with links, limited and unlimited offers never wait for each other in a circle, whatever is done with them', async () => {
    const shop = await openTestShop()
    const other = shop.at(await anotherNode())
    await products(shop, { A: 1_000, B: 1_000, C: 1_000 })
    await customers(shop, { mei: {}, li: {} })
    const offer = (code: string, sku: string, more: object) => ({
      code,
      level: 'PRODUCT',
      scope: { skus: [sku] },
      product: { adjustment: { amountOff: 100 } },
      returnsRestoreUse: true,
      ...more,
    })
    await saveOffer(shop, offer('limited', 'B', { totalLimit: 1_000_000, perCustomerLimit: 1_000_000 }))
    await saveOffer(shop, offer('open', 'C', {}))
    await publish(shop, 'limited', 'open')
    const links = [await createLink(shop, { maxUses: null }), await createLink(shop, { maxUses: 1_000_000, maxUsesPerCustomer: 1_000_000 })]
    const round = async (i: number) => {
      const at = i % 3 === 0 ? other : shop
      const { token } = links[i % 2]
      const { id } = await held(at, { cart: { A: 1, B: 1, C: 1 }, as: i % 2 === 0 ? 'mei' : 'li', token, total: 2_300 })
      await open(at, token)
      if (i % 4 === 0) await release(at, id)
      else if (i % 4 === 1) await letExpire(shop, id)
      else await commit(at, id, `o${i}`, i % 4 === 2 ? { status: 'CANCELLED' } : {})
    }
    let next = 0
    await times(8, async () => {
      while (next < (FULL ? 1_000 : 60)) await round(next++)
    })
    expect(await miscounted(shop)).toEqual([])
    const opens = await Promise.all(links.map(async ({ link: { id } }) => (await link(shop, id)).opens))
    expect(opens[0] + opens[1]).toBe(FULL ? 1_000 : 60)
  }, 1_200_000)

  test('once a link is called back nobody reserves with it, not even those who came at the same moment', async () => {
    const shop = await openTestShop()
    const other = shop.at(await anotherNode())
    await products(shop, { A: 10_000 })
    const { token, link: made } = await createLink(shop, { maxUses: null })
    let isRevoked = false
    const late: string[] = []
    await times(20, async (i) => {
      for (let n = 0; n < 10; n++) {
        if (i === 0 && n === 3) {
          await revokeLink(other, made.id)
          isRevoked = true
        }
        const afterwards = isRevoked
        const answer = await reserve(shop, { cart: { A: 1 }, token, total: 5_000 })
        if (afterwards) late.push(answer.reason)
      }
    })
    expect(new Set(late)).toEqual(new Set(['REVOKED']))
    expect(await miscounted(shop)).toEqual([])
  })
})
