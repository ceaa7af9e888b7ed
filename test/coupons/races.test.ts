import { describe, expect, inject, test } from 'vitest'
import { customers, products } from '../harness/acts.ts'
import { commit, letExpire, miscounted, release, reserve } from '../harness/checkout.ts'
import { bearer } from '../harness/client.ts'
import { claim, codes, couponOffer, issue, owned, revoke } from '../harness/coupons.ts'
import { anotherNode } from '../harness/node.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'

const MERGE = (from: string, into: string) =>
  `mutation { mergeCustomers(from: { externalId: "${from}" }, into: { externalId: "${into}" }, reason: "same person") { id } }`

async function shopWith(people: number, offer: object = {}): Promise<{ shop: TestShop; names: string[] }> {
  const shop = await openTestShop()
  const names = Array.from({ length: people }, (_, i) => `p${i}`)
  await products(shop, { A: 10_000 })
  await customers(shop, Object.fromEntries(names.map((name) => [name, {}])))
  await couponOffer(shop, 'thanks', { claimable: true, perCustomer: 1_000 }, offer)
  return { shop, names }
}

describe.skipIf(inject('template') === null)('on a server (skipped on the embedded database, which takes one act after another)', () => {
  test('whoever is merged while coupons are given to everybody keeps none for themselves', async () => {
    const { shop, names } = await shopWith(24)
    const other = shop.at(await anotherNode())
    const merges = names.slice(0, 12).map((from, i) => other.admin(MERGE(from, names[23 - i] ?? '')))
    await Promise.all([...Array.from({ length: 6 }, () => issue(shop, 'thanks', { query: '' })), ...merges])
    const owners = new Set((await owned(shop, {})).map(({ customer }) => customer.externalId))
    expect([...owners].sort()).toEqual(names.slice(12).sort())
  })

  test.each([
    ['without', {}],
    ['with', { totalLimit: 100_000, perCustomerLimit: 100_000, returnsRestoreUse: true }],
  ])(
    'claims, carts, expiries, orders, merges and revocations at once never wait in a circle (an offer %s limits)',
    async (_, offer) => {
      const { shop, names } = await shopWith(6, offer)
      const other = shop.at(await anotherNode())
      const printed = await codes(shop, 'thanks', 40)
      const faults: unknown[] = []
      const ids: Record<string, string> = {}
      for (const name of names) ids[name] = (await shop.admin(`{ customer(ref: { externalId: "${name}" }) { id } }`)).customer.id
      const act = async (i: number) => {
        const at = i % 2 === 0 ? shop : other
        const name = names[i % 4] ?? ''
        const code = i % 3 === 0 ? (printed[i % 40] ?? '') : await claim(at, name, 'thanks')
        const more = [printed[(i * 7) % 40] ?? '', printed[(i * 11) % 40] ?? '']
        const answer = await reserve(at, { cart: { A: 1 }, as: name, codes: [code, ...more], total: 9_000 })
        if (answer.__typename !== 'Reservation') return
        if (i % 5 === 0) await letExpire(shop, answer.id)
        else if (i % 5 === 1) await release(at, answer.id)
        else if (i % 5 === 2) await commit(at, answer.id, `o${i}`)
        else if (i % 5 === 3) await revoke(at, code).catch(() => {})
      }
      const staff = async (i: number) => {
        const [from = '', into = ''] = [names[i % 2], names[2 + (i % 4)]]
        const { errors } = await other.ask('/admin/graphql', bearer(shop.keys.owner), MERGE(from, into))
        if (errors.some(({ extensions }) => extensions.code === 'INTERNAL_SERVER_ERROR')) faults.push(errors)
        if (errors.length === 0) await shop.admin('mutation ($id: ID!) { unmergeCustomer(from: $id) { id } }', { id: ids[from] })
      }
      const worker = async (start: number) => {
        for (let i = start; i < 120; i += 6) await act(i)
      }
      const staffing = async () => {
        for (let i = 0; i < 12; i++) await staff(i)
      }
      await Promise.all([...Array.from({ length: 6 }, (_, start) => worker(start)), staffing()])
      expect(faults).toEqual([])
      expect(await miscounted(shop)).toEqual([])
    },
    120_000,
  )
})
