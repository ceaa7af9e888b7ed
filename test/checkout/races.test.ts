import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, inject, test } from 'vitest'
import { rowsOf, sql } from '../../src/shell/sql.ts'
import { customers, products, publish, publishOffer, saveOffer } from '../harness/acts.ts'
import {
  COMMIT,
  commit,
  extend,
  held,
  letExpire,
  miscounted,
  newKey,
  order,
  RESERVE,
  release,
  reservation,
  reserve,
  reserveInput,
  returnLines,
  usage,
} from '../harness/checkout.ts'
import { codes, couponOffer, couponsAstray, give, issue, statusByCode } from '../harness/coupons.ts'
import { createLink, link, linksAstray } from '../harness/links.ts'
import { anotherNode } from '../harness/node.ts'
import { openServers } from '../harness/servers.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'

// Acts at the same moment, on a server: the embedded database takes one after another. `npm run prove:checkout` runs them
// as often as the promises say.

const FULL = process.env.CHECKOUT_ROUNDS === 'full'
const rounds = (full: number) => (FULL ? full : Math.min(full, Number(process.env.CHECKOUT_ROUNDS ?? 50)))
const ON_SERVER = inject('template') !== null

const offer = (code: string, more: object = {}) => ({ code, level: 'PRODUCT', product: { adjustment: { percentOff: 10 } }, ...more })
const times = <T>(count: number, act: (i: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, i) => act(i)))

/** So many at a time, until all are done. */
async function atOnce(width: number, count: number, act: (i: number) => Promise<void>): Promise<void> {
  let next = 0
  await times(width, async () => {
    while (next < count) await act(next++)
  })
}

describe.skipIf(!ON_SERVER)('on a server (skipped on the embedded database, which takes one act after another)', () => {
  test('of 200 who reserve at once from two servers as many get an offer as are left, and no more', async () => {
    await using servers = await openServers()
    const [one, two] = [await servers.start(), await servers.start()]
    await products(one.shop, { A: 10_000 })
    await publishOffer(one.shop, offer('sale', { totalLimit: 40, trigger: 'CODE' }))
    await times(3, () => held(one.shop, { cart: { A: 1 }, codes: ['sale'] }))
    const answers = await times(200, (i) => reserve((i % 2 === 0 ? one : two).shop, { cart: { A: 1 }, codes: ['sale'], total: 9_000 }))
    const kinds = Map.groupBy(answers, (answer) => answer.reason ?? answer.__typename)
    expect(Object.fromEntries([...kinds].map(([kind, all]) => [kind, all.length]))).toEqual({ Reservation: 37, LIMIT_REACHED: 163 })
    expect(await usage(one.shop, 'sale')).toEqual([40, 40_000])
    expect(await miscounted(one.shop)).toEqual([])
  })

  test('when commit, release and expiry meet, one of them wins and the others are told', async () => {
    const shop = await openTestShop()
    const other = shop.at(await anotherNode())
    await products(shop, { A: 10_000 })
    await customers(shop, { mei: {} })
    await publishOffer(shop, offer('sale', { totalLimit: 1_000_000, perCustomerLimit: 1_000_000 }))
    const won: Record<string, number> = {}
    const race = async (i: number) => {
      const { id } = await held(shop, { cart: { A: 1 }, as: 'mei', total: 9_000 })
      // Each comes first in turn, and by so little that they meet.
      const [committed] = await Promise.all([
        sleep((i % 3) * 12).then(() => commit(shop, id, `o${i}`)),
        sleep(((i + 1) % 3) * 12).then(() => release(other, id)),
        sleep(((i + 2) % 3) * 12 + (i % 7) * 2).then(() => letExpire(shop, id).then(() => reservation(other, id))),
      ])
      const { status } = await reservation(shop, id)
      won[status] = (won[status] ?? 0) + 1
      expect(committed.__typename).toBe(status === 'COMMITTED' ? 'Order' : 'ReservationEnded')
      expect((await order(shop, `o${i}`))?.total ?? null).toBe(status === 'COMMITTED' ? 9_000 : null)
      expect(['COMMITTED', 'RELEASED', 'EXPIRED']).toContain(status)
    }
    await atOnce(4, rounds(1_000), race)
    const { COMMITTED = 0 } = won
    if (FULL) console.log('of commit, release and expiry won:', won)
    if (FULL) expect(Object.keys(won).sort()).toEqual(['COMMITTED', 'EXPIRED', 'RELEASED'])
    expect(await usage(shop, 'sale')).toEqual([COMMITTED, COMMITTED * 1_000])
    expect(
      (await shop.admin('{ customer(ref: { externalId: "mei" }) { statistics { numberOfOrders } } }')).customer.statistics.numberOfOrders,
    ).toBe(COMMITTED)
    expect(await miscounted(shop)).toEqual([])
  }, 1_200_000)

  test('carts that share ten limited offers, coupons and links, written in opposite order, never wait for each other in a circle', async () => {
    const shop = await openTestShop()
    const other = shop.at(await anotherNode())
    const skus = Array.from({ length: 10 }, (_, i) => `S${i}`)
    const lines = [...skus, 'COUPONED', 'LINKED']
    await products(shop, Object.fromEntries(lines.map((sku) => [sku, 1_000])))
    await customers(shop, { mei: {}, li: {} })
    const limits = { totalLimit: 1_000_000, perCustomerLimit: 1_000_000, returnsRestoreUse: true }
    for (const [i, sku] of skus.entries()) await saveOffer(shop, offer(`offer-${(i * 7) % 10}`, { ...limits, scope: { skus: [sku] } }))
    await saveOffer(shop, offer('everything', { level: 'ORDER', product: undefined, order: { steps: [{ amountOff: 100 }] } }))
    await publish(shop, 'everything', ...skus.map((_, i) => `offer-${i}`))
    // Coupons of an offer whose limits stand between those of the others, and of one without limits, which is held last.
    const couponed = { scope: { skus: ['COUPONED'] }, returnsRestoreUse: true }
    await couponOffer(shop, 'offer-45', {}, { ...couponed, ...limits })
    await couponOffer(shop, 'voucher', {}, couponed)
    const terms = { items: [{ sku: 'LINKED', adjustment: { percentOff: 50 } }] }
    const tokens = [
      (await createLink(shop, { ...terms, maxUses: null })).token,
      (await createLink(shop, { ...terms, maxUses: 1_000_000, maxUsesPerCustomer: 1_000_000 })).token,
    ]
    const count = rounds(1_000)
    const own = await codes(shop, 'voucher', count)
    // Those who come at one time want the same two, named in opposite order. Every second time it is all that they share but
    // for offers without limits, so that nothing that is held before keeps them from meeting there.
    const shared = (await Promise.all(['offer-45', 'voucher'].map((code) => codes(shop, code, Math.ceil(count / 8) + 1)))) as [
      string[],
      string[],
    ]
    const cartOf = (i: number) => {
      const isSmall = (i >> 3) % 2 === 1
      const skusOfCart = isSmall ? ['COUPONED'] : i % 2 === 0 ? lines : lines.toReversed()
      const two = shared[isSmall ? 1 : 0].slice(i >> 3, (i >> 3) + 2)
      return {
        cart: Object.fromEntries(skusOfCart.map((sku) => [sku, 1])),
        as: i % 4 < 2 ? 'mei' : 'li',
        codes: i % 2 === 0 ? two : two.toReversed(),
        ...(isSmall ? { total: 800 } : { total: 10_300, token: tokens[(i >> 1) % 2] ?? '' }),
      }
    }
    const reserved = { withSharedCoupons: 0, withOneOfTheirOwn: 0 }
    const hold = async (at: TestShop, i: number): Promise<string> => {
      const answer = await reserve(at, cartOf(i))
      reserved[answer.__typename === 'Reservation' ? 'withSharedCoupons' : 'withOneOfTheirOwn']++
      return answer.id ?? (await held(at, { ...cartOf(i), codes: [own[i] ?? ''] })).id
    }
    const round = async (i: number) => {
      const at = i % 3 === 0 ? other : shop
      const id = await hold(at, i)
      if (i % 4 === 0) return void (await release(at, id))
      if (i % 4 === 1) return letExpire(shop, id)
      await extend(at, id, 600)
      await commit(at, id, `o${i}`)
      if (i % 4 === 2) await returnLines(at, `o${i}`, `r${i}`, cartOf(i + (i % 8 === 2 ? 0 : 1)).cart)
    }
    await atOnce(8, count, round)
    if (FULL) console.log('carts that were reserved in opposite orders:', reserved)
    expect(reserved.withSharedCoupons).toBeGreaterThan(0)
    await held(shop, { ...cartOf(0), codes: [await give(shop, 'voucher', 'mei')] })
    expect(await miscounted(shop)).toEqual([])
    expect([...(await couponsAstray(shop, 'voucher')), ...(await couponsAstray(shop, 'offer-45'))]).toEqual([])
    expect(await linksAstray(shop)).toEqual([])
  }, 1_200_000)

  test('of two carts that want one coupon one has it, and the other only once it is back', async () => {
    const shop = await openTestShop()
    const other = shop.at(await anotherNode())
    await products(shop, { A: 10_000 })
    await customers(shop, { mei: {} })
    await couponOffer(shop, 'thanks', {}, { returnsRestoreUse: true })
    const count = rounds(400)
    const wanted = [...(await given(shop, 'thanks', 'mei', count / 2)), ...(await codes(shop, 'thanks', Math.ceil(count / 2)))]
    const came: Record<string, number> = {}
    const race = async (i: number) => {
      const code = wanted[i] ?? ''
      const want = (at: TestShop) => reserve(at, { cart: { A: 1 }, as: 'mei', codes: [code], total: 9_000 })
      const both = await Promise.all([want(shop), want(other)])
      expect(both.map(({ reason, __typename }) => reason ?? __typename).sort()).toEqual(['LIMIT_REACHED', 'Reservation'])
      const { id } = both.find(({ __typename }) => __typename === 'Reservation')
      // Its hold ends one way or the other, while another cart wants the coupon.
      const [, , , second] = await Promise.all([
        sleep((i % 3) * 8).then(() => commit(shop, id, `o${i}`)),
        sleep(((i + 1) % 3) * 8).then(() => release(other, id)),
        sleep(((i + 2) % 3) * 8).then(() => letExpireBetween(shop, id, code)),
        sleep((i % 5) * 6).then(() => want(i % 2 === 0 ? shop : other)),
      ])
      const { status } = await reservation(shop, id)
      const what = `${status}, ${second.reason ?? second.__typename}`
      came[what] = (came[what] ?? 0) + 1
      if (second.__typename !== 'Reservation') return
      expect(status).not.toBe('COMMITTED')
      if (i % 2 === 0) await commit(other, second.id, `second-${i}`)
    }
    await atOnce(4, count, race)
    if (FULL) console.log('of a hold on a coupon and the cart that came next became:', came)
    expect(await couponsAstray(shop, 'thanks')).toEqual([])
    expect(await miscounted(shop)).toEqual([])
  }, 1_200_000)

  test('rules that are published with and without limits meanwhile stop nobody', async () => {
    const shop = await openTestShop()
    await products(shop, { A: 1_000 })
    for (const code of ['a', 'b', 'c']) await publishOffer(shop, offer(code, { combination: 'STACKABLE' }))
    let done = false
    const staff = async () => {
      for (let i = 0; !done; i++) {
        const code = ['a', 'b', 'c'][i % 3] ?? 'a'
        await publishOffer(shop, offer(code, { combination: 'STACKABLE', totalLimit: i % 2 === 0 ? 1_000_000 : null }))
      }
    }
    const sales = atOnce(6, rounds(500), async () => {
      const { id } = await held(shop, { cart: { A: 1 }, total: 729 })
      await release(shop, id)
    }).finally(() => {
      done = true
    })
    await Promise.all([sales, staff()])
    expect(await miscounted(shop)).toEqual([])
    expect(await usage(shop, 'b')).toEqual([0, 0])
  }, 1_200_000)

  test('a server that is killed again and again in the middle of checkouts leaves nothing half done, and each of them is finished', async () => {
    await using servers = await openServers()
    let server = await servers.start()
    await products(server.shop, { A: 10_000, B: 5_000, C: 1_000, D: 2_000 })
    await customers(server.shop, { mei: {}, li: {} })
    const limits = { totalLimit: 100_000, perCustomerLimit: 100_000, budget: 1_000_000_000 }
    await publishOffer(server.shop, offer('limited', { ...limits, scope: { skus: ['A'] } }))
    await publishOffer(server.shop, offer('open', { scope: { skus: ['B'] } }))
    await couponOffer(server.shop, 'thanks', {}, { ...limits, scope: { skus: ['C'] } })
    const terms = { items: [{ sku: 'D', adjustment: { percentOff: 50 } }] }
    const links = [
      await createLink(server.shop, { ...terms, maxUses: 100_000, maxUsesPerCustomer: 100_000 }),
      await createLink(server.shop, { ...terms, maxUses: null }),
    ]
    const count = rounds(500)
    // Every second cart has a coupon that its customer was given, the others a code that nobody has taken.
    const owned = {
      mei: await given(server.shop, 'thanks', 'mei', count / 4 + 1),
      li: await given(server.shop, 'thanks', 'li', count / 4 + 1),
    }
    const printed = await codes(server.shop, 'thanks', count)
    const inputs = await times(count, (i) => {
      const as = i % 2 === 0 ? 'mei' : 'li'
      const code = i % 4 < 2 ? owned[as][i >> 2] : printed[i]
      const { token } = links[(i >> 2) % 2] ?? {}
      return reserveInput(server.shop, {
        cart: { A: 1, B: 2, C: 1, D: 1 },
        as,
        codes: [code ?? ''],
        token,
        key: `reserve-${i}`,
        total: 19_900,
      })
    })
    const checkout = async (shop: TestShop, i: number) => {
      const { id } = (await shop.storefront(RESERVE, { input: inputs[i] })).reserve
      const input = { reservationId: id, orderExternalId: `o${i}`, idempotencyKey: `commit-number-${i}` }
      return (await shop.storefront(COMMIT, { input })).commit
    }
    const finished = new Set<number>()
    const kills: number[] = []
    while (kills.length < (FULL ? 10 : 2)) {
      // Some way into what is left, and then at any moment of what is under way.
      const enough = finished.size + 1 + Math.floor((Math.random() * (count - finished.size)) / 6)
      const left = Array.from({ length: count }, (_, i) => i).filter((i) => !finished.has(i))
      let killed: Promise<unknown> | null = null
      await atOnce(12, left.length, async (n) => {
        const i = left[n] ?? 0
        const done = await checkout(server.shop, i).catch(() => null)
        if (done !== null) finished.add(i)
        if (finished.size >= enough) killed ??= sleep(Math.random() * 40).then(() => server.program.process.kill('SIGKILL'))
      })
      await killed
      await server.program.ended
      kills.push(finished.size)
      server = await servers.start()
      expect(await allAstray(server.shop)).toEqual([])
    }
    for (const answer of await times(count, (i) => checkout(server.shop, i)))
      expect(answer).toMatchObject({ __typename: 'Order', total: 19_900 })
    expect([await usage(server.shop, 'limited'), await usage(server.shop, 'open'), await usage(server.shop, 'thanks')]).toEqual([
      [count, count * 1_000],
      [count, count * 1_000],
      [count, count * 100],
    ])
    expect([...(await statusByCode(server.shop, 'thanks')).values()].filter((status) => status === 'USED')).toHaveLength(count)
    const [one, two] = await Promise.all(links.map(({ link: { id } }) => link(server.shop, id)))
    expect([one.uses + two.uses, one.orders + two.orders, one.revenue + two.revenue]).toEqual([count, count, count * 19_900])
    expect(await allAstray(server.shop)).toEqual([])
    if (FULL) console.log(`of ${count} checkouts were finished when the server was killed:`, kills)
  }, 1_200_000)

  test('each call that is sent twice, at once or later and to another server, is answered the same and done once', async () => {
    const shop = await openTestShop()
    const other = shop.at(await anotherNode())
    await products(shop, { A: 1_000 })
    await customers(shop, { mei: {} })
    await publishOffer(shop, offer('sale', { totalLimit: 1_000_000, perCustomerLimit: 1_000_000, returnsRestoreUse: true }))
    const twice = async <T>(call: (at: TestShop) => Promise<T>): Promise<T> => {
      const [first, second] = await Promise.all([call(shop), call(other)])
      expect(second).toEqual(first)
      expect(await call(other)).toEqual(first)
      return first
    }
    const count = rounds(200)
    await atOnce(4, count, async (i) => {
      const [key, orderKey] = [newKey(), newKey()]
      const { id } = await twice((at) => held(at, { cart: { A: 2 }, as: 'mei', total: 1_800, key }))
      if (i % 2 === 0) return void (await twice((at) => release(at, id, orderKey)))
      await twice((at) => commit(at, id, `o${i}`, { idempotencyKey: orderKey }))
      await twice((at) => returnLines(at, `o${i}`, `r${i}`, { A: 1 }))
      await twice((at) => at.storefront(RECORD, { orders: [{ ...RECORDED, externalId: `recorded-${i}` }] }))
    })
    const committed = Math.floor(count / 2)
    expect(await usage(shop, 'sale')).toEqual([committed, committed * 200])
    const { statistics } = (await shop.admin('{ customer(ref: { externalId: "mei" }) { statistics { numberOfOrders amountSpent } } }'))
      .customer
    expect(statistics).toEqual({ numberOfOrders: committed * 2, amountSpent: committed * (900 + 700) })
    expect(await miscounted(shop)).toEqual([])
  }, 1_200_000)

  test('two who return at once under one name make one return', async () => {
    const shop = await openTestShop()
    await products(shop, { A: 1_000 })
    await commit(shop, (await held(shop, { cart: { A: 5 } })).id, 'o1')
    await times(rounds(50), () => returnLines(shop, 'o1', 'r1', { A: 2 }))
    expect(await order(shop, 'o1')).toMatchObject({ total: 3_000 })
  })

  test('two who commit at once, one reservation or one order, make one order', async () => {
    const shop = await openTestShop()
    await products(shop, { A: 1_000 })
    for (let i = 0; i < rounds(50); i++) {
      const [a, b] = [await held(shop, { cart: { A: 1 } }), await held(shop, { cart: { A: 1 } })]
      const key = newKey()
      const both = await times(2, () => commit(shop, a.id, `a${i}`, { idempotencyKey: key }))
      expect(both[0]).toEqual(both[1])
      const two = await times(2, (n) => commit(shop, b.id, `b${i}-${n}`))
      expect(two.map((answer) => answer.__typename).sort()).toEqual(['Order', 'ReservationEnded'])
    }
  })
})

const RECORD = 'mutation ($orders: [OrderInput!]!) { recordOrders(orders: $orders) { id externalId total status lines { id total } } }'
const RECORDED = {
  customer: { externalId: 'mei' },
  placedAt: '2026-01-01T00:00:00Z',
  status: 'PAID',
  lines: [{ id: '1', sku: 'A', quantity: 1, unitPrice: 700, total: 700 }],
}

/**
 * As letExpire, while no cart has its hand on the coupon: by a clock, what is over at the instant that a cart is priced for
 * was over when that cart looked.
 */
async function letExpireBetween(shop: TestShop, id: string, coupon: string): Promise<void> {
  const { em, shopId } = shop.world()
  await rowsOf(
    em,
    sql`with held as materialized (select 1 from coupon where shop_id = ${shopId} and code = ${coupon} for update)
        update reservation set expires_at = reserved_at
        where shop_id = ${shopId} and status = 'HELD' and id = ${id}::uuid and exists (select 1 from held)`,
  )
}

/** So many coupons of an offer for a customer; their codes. */
async function given(shop: TestShop, code: string, externalId: string, count: number): Promise<string[]> {
  const before = await statusByCode(shop, code)
  for (let left = Math.ceil(count); left > 0; left -= 100)
    await issue(shop, code, { customers: [{ externalId }], each: Math.min(100, left) })
  return [...(await statusByCode(shop, code)).keys()].filter((one) => !before.has(one))
}

/** All that does not follow from reservations and orders: counters, statistics, coupons and links. */
const allAstray = async (shop: TestShop): Promise<object[]> => [
  ...(await miscounted(shop)),
  ...(await strays(shop)),
  ...(await couponsAstray(shop, 'thanks')),
  ...(await linksAstray(shop)),
]

/**
 * What does not follow from the orders: orders without their reservation or the other way round, counters that are not what the
 * priced carts of orders and holds come to, and statistics that are not their orders'.
 */
function strays(shop: TestShop): Promise<object[]> {
  const { em, shopId } = shop.world()
  return rowsOf(
    em,
    sql`select 'order' as what, o.external_id as of from shop_order o where o.shop_id = ${shopId} and o.committed
          and not exists (select 1 from reservation h where h.shop_id = o.shop_id and h.order_id = o.id and h.status = 'COMMITTED')
        union all
        select 'uses', h.id::text from reservation h where h.shop_id = ${shopId}
          and (select (count(*)::integer, count(x.coupon_id)::integer) from offer_use x where x.shop_id = h.shop_id and x.reservation_id = h.id) <> (3, 1)
        union all
        select 'uses of links', h.id::text from reservation h where h.shop_id = ${shopId}
          and (select count(*) from link_use x where x.shop_id = h.shop_id and x.reservation_id = h.id) <> 1
        union all
        select 'counter of ' || r.code, u.uses || ' and ' || u.taken from rule_usage u join rule r on r.shop_id = u.shop_id and r.id = u.rule_id
        where u.shop_id = ${shopId} and (u.uses, u.taken) is distinct from (
          select (count(*)::integer, coalesce(sum((p.use ->> 'taken')::bigint), 0)::bigint)
          from reservation h cross join lateral jsonb_array_elements(h.quote -> 'uses') p (use)
          left join shop_order o on o.shop_id = h.shop_id and o.id = h.order_id
          where h.shop_id = u.shop_id and p.use ->> 'code' = r.code
            and (h.status = 'HELD' or o.total = (h.quote ->> 'total')::bigint))
        union all
        select 'statistics', s.customer_id::text from customer_statistics s where s.shop_id = ${shopId}
          and (s.number_of_orders, s.amount_spent) is distinct from
              (select (count(*)::integer, sum(o.total)::bigint) from shop_order o where o.shop_id = s.shop_id and o.customer_id = s.customer_id and o.counted)`,
  )
}
