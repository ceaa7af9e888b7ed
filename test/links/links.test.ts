import { randomBytes } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { customers, orders, products, publishOffer } from '../harness/acts.ts'
import { commit, held, letExpire, miscounted, release, reserve, returnLines, totalOf } from '../harness/checkout.ts'
import { bearer } from '../harness/client.ts'
import { CREATE, createLink, link, refusedLink, revokeLink, VIEW, view, wantedLink } from '../harness/links.ts'
import { statementsIn } from '../harness/queries.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'

let shop: TestShop
beforeEach(async () => {
  shop = await openTestShop()
  await products(shop, { A: 10_000, B: 4_000 })
  await customers(shop, { mei: { tags: ['regular'] }, li: {} })
})

const PAST = '2020-01-01T00:00:00Z'
const FUTURE = '2199-01-01T00:00:00Z'
const unknown = () => `${shop.code}.${randomBytes(32).toString('base64url')}`

test('whoever comes with a link pays its price, once', async () => {
  const { token, link: made } = await createLink(shop)
  expect(made).toMatchObject({ status: 'ACTIVE', maxUses: 1, uses: 0, items: [{ sku: 'A', quantity: 1, maxQuantity: 1 }] })
  expect(await totalOf(shop, { cart: { A: 1, B: 1 }, token })).toBe(9_000)
  const reservation = await held(shop, { cart: { A: 1, B: 1 }, token })
  expect(reservation.quote).toMatchObject({ total: 9_000, refusedLink: null })
  expect(await link(shop, made.id)).toMatchObject({
    status: 'USED_UP',
    uses: 1,
    reservations: 1,
    heldReservations: 1,
    orders: 0,
    revenue: 0,
  })
  expect(await reserve(shop, { cart: { A: 1 }, token, total: 5_000 })).toEqual({
    __typename: 'OfferUnavailable',
    code: made.id,
    reason: 'LIMIT_REACHED',
  })
  await commit(shop, reservation.id, 'o1')
  expect(await link(shop, made.id)).toMatchObject({ status: 'USED_UP', uses: 1, heldReservations: 0, orders: 1, revenue: 9_000 })
  expect(await miscounted(shop)).toEqual([])
})

test("a link's code in a quote is its id, and its name stands beside it", async () => {
  const { token, link: made } = await createLink(shop, { name: 'Birthday' })
  const answer = await shop.storefront(
    'query ($cart: CartInput!) { quote(cart: $cart, explain: true) { lines { rules { kind code name amount } trace { kind code outcome } } } }',
    { cart: { lines: [{ sku: 'A', quantity: 1 }], privateLinkToken: token } },
  )
  expect(answer.quote.lines).toEqual([
    {
      rules: [{ kind: 'PRIVATE_LINK', code: made.id, name: 'Birthday', amount: 5_000 }],
      trace: [{ kind: 'PRIVATE_LINK', code: made.id, outcome: 'APPLIED' }],
    },
  ])
})

describe('what a token is to a shopper', () => {
  const outcomes = async (token: string, as?: string) => {
    const seen = [await refusedLink(shop, token, as), (await view(shop, token, as))?.eligible ?? null]
    const reserved = await reserve(shop, { cart: { A: 1 }, as: as ?? null, token, total: 5_000 })
    return [seen[0], reserved.reason ?? reserved.__typename, seen[1]]
  }

  test('unknown: nothing, and nobody learns more', async () => {
    expect(await outcomes(unknown())).toEqual(['UNKNOWN_CODE', 'UNKNOWN', null])
    expect(await outcomes('')).toEqual(['UNKNOWN_CODE', 'UNKNOWN', null])
    expect(await reserve(shop, { cart: { A: 1 }, token: unknown(), total: 10_000 })).toMatchObject({ code: 'privateLinkToken' })
  })

  test("another shop's: unknown", async () => {
    const { token } = await createLink(await openTestShop())
    expect(await outcomes(token)).toEqual(['UNKNOWN_CODE', 'UNKNOWN', null])
  })

  test('revoked: nothing any more, though what is held stays good', async () => {
    const { token, link: made } = await createLink(shop, { maxUses: 2 })
    const { id } = await held(shop, { cart: { A: 1 }, token })
    expect(await revokeLink(shop, made.id)).toMatchObject({ status: 'REVOKED', revokedAt: expect.any(String) })
    const again = await revokeLink(shop, made.id)
    expect(again).toEqual(await link(shop, made.id))
    expect(await outcomes(token)).toEqual(['NOT_LIVE', 'REVOKED', null])
    expect((await commit(shop, id, 'o1')).total).toBe(5_000)
  })

  test('over, or not begun: nothing at this time', async () => {
    const over = await createLink(shop, { validFrom: PAST, validUntil: '2020-02-01T00:00:00Z' })
    expect(over.link.status).toBe('EXPIRED')
    expect(await outcomes(over.token)).toEqual(['NOT_LIVE', 'EXPIRED', null])
    const early = await createLink(shop, { validFrom: FUTURE })
    expect(early.link.status).toBe('ACTIVE')
    expect(await outcomes(early.token)).toEqual(['NOT_LIVE', 'NOT_LIVE', null])
  })

  test('used up: nothing until a hold gives its use back', async () => {
    const { token, link: made } = await createLink(shop)
    const { id } = await held(shop, { cart: { A: 1 }, token })
    expect(await outcomes(token)).toEqual(['LIMIT_REACHED', 'LIMIT_REACHED', null])
    await release(shop, id)
    expect(await link(shop, made.id)).toMatchObject({ status: 'ACTIVE', uses: 0, reservations: 1, heldReservations: 0 })
    expect(await outcomes(token)).toEqual([null, 'Reservation', true])
    expect(await miscounted(shop)).toEqual([])
  })

  test('a hold whose time is over holds nothing, before anybody has written it so', async () => {
    const { token, link: made } = await createLink(shop)
    await letExpire(shop, (await held(shop, { cart: { A: 1 }, token })).id)
    expect(await link(shop, made.id)).toMatchObject({ status: 'ACTIVE', uses: 0, heldReservations: 0 })
    expect(await view(shop, token)).toMatchObject({ eligible: true, usesLeft: 1 })
    await held(shop, { cart: { A: 1 }, token })
    expect(await link(shop, made.id)).toMatchObject({ status: 'USED_UP', uses: 1, reservations: 2 })
    expect(await miscounted(shop)).toEqual([])
  })

  test('for named people: nobody else has it, and who is not known is nobody', async () => {
    const { token, link: made } = await createLink(shop, { customers: [{ externalId: 'mei' }], maxUses: 5 })
    expect(made.customers).toEqual([{ externalId: 'mei' }])
    expect(await outcomes(token)).toEqual(['NOT_IN_AUDIENCE', 'NOT_ELIGIBLE', false])
    expect(await outcomes(token, 'li')).toEqual(['NOT_IN_AUDIENCE', 'NOT_ELIGIBLE', false])
    expect(await outcomes(token, 'mei')).toEqual([null, 'Reservation', true])
  })

  test('for an audience: as the customer is now', async () => {
    const { token } = await createLink(shop, { audience: "customer_tags CONTAINS 'regular'", maxUses: 5 })
    expect(await outcomes(token)).toEqual(['NOT_IN_AUDIENCE', 'NOT_ELIGIBLE', false])
    expect(await outcomes(token, 'li')).toEqual(['NOT_IN_AUDIENCE', 'NOT_ELIGIBLE', false])
    await shop.admin('mutation { tagCustomers(customers: [{ externalId: "li" }], add: ["regular"]) }')
    expect(await outcomes(token, 'li')).toEqual([null, 'Reservation', true])
  })

  test('with both: those named and those in the audience', async () => {
    const { token } = await createLink(shop, {
      customers: [{ externalId: 'li' }],
      audience: "customer_tags CONTAINS 'regular'",
      maxUses: 5,
    })
    expect([await refusedLink(shop, token, 'li'), await refusedLink(shop, token, 'mei'), await refusedLink(shop, token)]).toEqual([
      null,
      null,
      'NOT_IN_AUDIENCE',
    ])
  })

  test('so many times a customer: then who reserves must be known', async () => {
    const { token } = await createLink(shop, { maxUses: null, maxUsesPerCustomer: 1 })
    expect(await outcomes(token, 'mei')).toEqual([null, 'Reservation', true])
    expect(await view(shop, token, 'mei')).toMatchObject({ usesLeft: 0, items: [{ price: 10_000 }] })
    expect(await outcomes(token, 'mei')).toEqual(['LIMIT_REACHED', 'LIMIT_REACHED', true])
    expect(await outcomes(token, 'li')).toEqual([null, 'Reservation', true])
    const nobody = await reserve(shop, { cart: { A: 1 }, token, total: 5_000 })
    expect([await refusedLink(shop, token), nobody.reason]).toEqual([null, 'NOT_ELIGIBLE'])
  })
})

test('a code of the cart that cannot be had is told before the link', async () => {
  const token = unknown()
  expect(await reserve(shop, { cart: { A: 1 }, codes: ['NONE'], token, total: 1 })).toMatchObject({ code: 'NONE', reason: 'UNKNOWN' })
})

test('a cart that the link gives nothing is reserved at its price, and uses nothing', async () => {
  const { token, link: made } = await createLink(shop)
  expect(await refusedLink(shop, token, undefined, { A: 2 })).toBe('QUANTITY_TOO_HIGH')
  expect(await refusedLink(shop, token, undefined, { B: 1 })).toBe('NOT_IN_SCOPE')
  expect((await held(shop, { cart: { A: 2 }, token, total: 20_000 })).quote.refusedLink).toBe('QUANTITY_TOO_HIGH')
  expect(await link(shop, made.id)).toMatchObject({ uses: 0, reservations: 0 })
})

test('a use never comes back by a return, and what was paid is counted less returns', async () => {
  const { token, link: made } = await createLink(shop, {
    items: [{ sku: 'A', quantity: 2, adjustment: { fixedPrice: 6_000 } }],
    maxUses: 2,
  })
  await commit(shop, (await held(shop, { cart: { A: 2 }, as: 'mei', token })).id, 'o1')
  await commit(shop, (await held(shop, { cart: { A: 1, B: 1 }, as: 'li', token })).id, 'o2')
  await returnLines(shop, 'o1', 'r1', { A: 1 })
  expect(await link(shop, made.id)).toMatchObject({ uses: 2, orders: 2, revenue: 16_000 })
  await returnLines(shop, 'o2', 'r2', { A: 1, B: 1 })
  expect(await link(shop, made.id)).toMatchObject({ status: 'USED_UP', uses: 2, orders: 2, revenue: 6_000 })
  expect(await miscounted(shop)).toEqual([])
})

test('an order that is called off as it is committed has used its link all the same, and has earned nothing', async () => {
  const { token, link: made } = await createLink(shop)
  await commit(shop, (await held(shop, { cart: { A: 1 }, token })).id, 'o1', { status: 'CANCELLED' })
  expect(await link(shop, made.id)).toMatchObject({ uses: 1, orders: 1, revenue: 0 })
  expect(await miscounted(shop)).toEqual([])
})

test('the same key with the same link is one act', async () => {
  const { token, link: made } = await createLink(shop, { maxUses: 5 })
  const wanted = { cart: { A: 1 }, token, key: 'one-key-of-one-act', total: 5_000 }
  expect((await held(shop, wanted)).id).toBe((await held(shop, wanted)).id)
  expect(await link(shop, made.id)).toMatchObject({ uses: 1 })
})

describe('what a shopper sees of a link', () => {
  test('message, end, uses left, and prices as carts with the link in them cost', async () => {
    await publishOffer(shop, { code: 'extra', level: 'PRODUCT', combination: 'STACKABLE', product: { adjustment: { amountOff: 1_000 } } })
    const { token } = await createLink(shop, {
      message: '谢谢您一直以来的支持',
      note: 'do not tell',
      validUntil: FUTURE,
      maxUses: 3,
      items: [
        { sku: 'B', quantity: 3, adjustment: { fixedPrice: 3_000 } },
        { sku: 'UNKNOWN', adjustment: { percentOff: 10 } },
        { sku: 'A', adjustment: { amountOff: 500 } },
      ],
    })
    await held(shop, { cart: { A: 1 }, token })
    expect(await view(shop, token, 'mei')).toEqual({
      eligible: true,
      message: '谢谢您一直以来的支持',
      validUntil: '2199-01-01T00:00:00.000Z',
      usesLeft: 2,
      items: [
        { sku: 'B', quantity: 3, listPrice: 4_000, price: 2_000 },
        { sku: 'A', quantity: 1, listPrice: 10_000, price: 8_500 },
      ],
    })
  })

  test('of one that is for others, that it is, and nothing else', async () => {
    const { token } = await createLink(shop, { message: 'for Mei', validUntil: FUTURE, customers: [{ externalId: 'mei' }] })
    expect(await view(shop, token, 'li')).toEqual({ eligible: false, message: null, validUntil: null, usesLeft: null, items: [] })
  })

  test('a browser that tries token after token is told to wait, in quotes as in views; a server is not', async () => {
    const { token } = await createLink(shop)
    const browser = bearer(shop.keys.publishable)
    const look = async (tried: string) =>
      (await shop.ask('/storefront/graphql', browser, VIEW, { token: tried })).errors[0]?.extensions.code
    const QUOTE = 'query ($cart: CartInput!) { quote(cart: $cart) { refusedLink } }'
    const ask = async (tried: string) => {
      const { errors } = await shop.ask('/storefront/graphql', browser, QUOTE, {
        cart: { lines: [{ sku: 'A', quantity: 1 }], privateLinkToken: tried },
      })
      return errors[0]?.extensions.code
    }
    for (let i = 0; i < 5; i++) expect(await look(token)).toBeUndefined()
    for (let i = 0; i < 15; i++) expect([await look(unknown()), await ask(unknown())]).toEqual([undefined, undefined])
    expect([await look(unknown()), await ask(token)]).toEqual(['RATE_LIMITED', 'RATE_LIMITED'])
    for (let i = 0; i < 40; i++) expect(await view(shop, unknown())).toBeNull()
  })
})

test('staff try a link on anybody at any time', async () => {
  const { token } = await createLink(shop, { customers: [{ externalId: 'mei' }], validFrom: FUTURE })
  const preview = async (customer: object | null, at: string | null) =>
    (
      await shop.admin(
        'query ($cart: CartInput!, $customer: CustomerRef, $at: DateTime) { previewQuote(cart: $cart, customer: $customer, at: $at) { total refusedLink } }',
        { cart: { lines: [{ sku: 'A', quantity: 1 }], privateLinkToken: token }, customer, at },
      )
    ).previewQuote
  expect(await preview({ externalId: 'mei' }, null)).toEqual({ total: 10_000, refusedLink: 'NOT_LIVE' })
  expect(await preview({ externalId: 'mei' }, FUTURE)).toEqual({ total: 5_000, refusedLink: null })
  expect(await preview({ externalId: 'li' }, FUTURE)).toEqual({ total: 10_000, refusedLink: 'NOT_IN_AUDIENCE' })
})

describe('what a link may say', () => {
  const refusal = async (more: object) => {
    const { errors } = await shop.ask('/admin/graphql', bearer(shop.keys.owner), CREATE, { input: wantedLink(more) })
    return errors.map(({ extensions }) => [extensions.code, extensions.inputPath])
  }
  const half = { adjustment: { percentOff: 50 } }

  test.each<[string, object, string, (string | number)[]]>([
    ['no items', { items: [] }, 'BAD_USER_INPUT', ['items']],
    ['too many items', { items: Array.from({ length: 101 }, (_, i) => ({ sku: `S${i}`, ...half })) }, 'TOO_MANY_ITEMS', ['items']],
    [
      'a sku twice',
      {
        items: [
          { sku: 'A', ...half },
          { sku: 'A', ...half },
        ],
      },
      'BAD_USER_INPUT',
      ['items', 1, 'sku'],
    ],
    ['no units', { items: [{ sku: 'A', quantity: 0, ...half }] }, 'BAD_USER_INPUT', ['items', 0, 'quantity']],
    ['too many units', { items: [{ sku: 'A', quantity: 1_000_001, ...half }] }, 'BAD_USER_INPUT', ['items', 0, 'quantity']],
    [
      'fewer at most than it puts in',
      { items: [{ sku: 'A', quantity: 3, maxQuantity: 2, ...half }] },
      'BAD_USER_INPUT',
      ['items', 0, 'maxQuantity'],
    ],
    ['no adjustment', { items: [{ sku: 'A', adjustment: {} }] }, 'BAD_USER_INPUT', ['items', 0, 'adjustment']],
    ['no name', { name: ' ' }, 'BAD_USER_INPUT', ['name']],
    ['too long a message', { message: 'x'.repeat(2_001) }, 'BAD_USER_INPUT', ['message']],
    ['an end before its beginning', { validFrom: FUTURE, validUntil: PAST }, 'BAD_USER_INPUT', ['validUntil']],
    ['no uses', { maxUses: 0 }, 'BAD_USER_INPUT', ['maxUses']],
    ['no uses a customer', { maxUsesPerCustomer: 0 }, 'BAD_USER_INPUT', ['maxUsesPerCustomer']],
    ['an audience that is no query', { audience: 'nonsense = 1' }, 'BAD_QUERY', ['audience']],
    ['nobody by name', { customers: [] }, 'BAD_USER_INPUT', ['customers']],
    ['a stranger by name', { customers: [{ externalId: 'mei' }, { externalId: 'ghost' }] }, 'UNKNOWN_CUSTOMER', ['customers', 1]],
  ])('not %s', async (_, more, code, path) => {
    expect(await refusal(more)).toEqual([[code, ['input', ...path]]])
  })

  test('as often as anybody likes, if that is said; once, if nothing is', async () => {
    expect([(await createLink(shop, { maxUses: null })).link.maxUses, (await createLink(shop)).link.maxUses]).toEqual([null, 1])
  })
})

test('who was merged into another has their links with them, and takes them away again', async () => {
  const { token, link: made } = await createLink(shop, { customers: [{ externalId: 'li' }], maxUses: 3, maxUsesPerCustomer: 1 })
  await held(shop, { cart: { A: 1 }, as: 'li', token })
  await shop.admin('mutation { mergeCustomers(from: { externalId: "li" }, into: { externalId: "mei" }, reason: "one person") { id } }')
  expect(await refusedLink(shop, token, 'mei')).toBe('LIMIT_REACHED')
  expect(await link(shop, made.id)).toMatchObject({ customers: [{ externalId: 'mei' }] })
  const { id } = (await shop.admin('{ customer(ref: { externalId: "li" }) { mergedCustomers { id } } }')).customer.mergedCustomers[0]
  await shop.admin('mutation ($id: ID!) { unmergeCustomer(from: $id) { id } }', { id })
  expect([await refusedLink(shop, token, 'mei'), await refusedLink(shop, token, 'li')]).toEqual(['NOT_IN_AUDIENCE', 'LIMIT_REACHED'])
})

test('a customer is told their links; when they are forgotten, what was written for them alone is too, and it opens to nobody', async () => {
  const own = await createLink(shop, { name: 'Ms Li', note: 'she is fifty', message: 'dear Li', customers: [{ externalId: 'li' }] })
  const shared = await createLink(shop, { name: 'Two', customers: [{ externalId: 'li' }, { externalId: 'mei' }], maxUses: 2 })
  const { exportCustomer } = await shop.admin('{ exportCustomer(ref: { externalId: "li" }) }')
  expect(exportCustomer.privateLinks).toMatchObject([{ id: own.link.id, note: 'she is fifty' }, { id: shared.link.id }])
  await shop.admin('mutation { eraseCustomer(ref: { externalId: "li" }, reason: "asked") }')
  expect(await link(shop, own.link.id)).toMatchObject({ name: '-', note: null, message: null, status: 'REVOKED' })
  expect([await view(shop, own.token), await refusedLink(shop, shared.token, 'mei')]).toEqual([null, null])
  const { auditLog } = await shop.admin('query ($target: String) { auditLog(target: $target) { nodes { after } } }', {
    target: `privateLink/${own.link.id}`,
  })
  expect(JSON.stringify(auditLog)).not.toContain('fifty')
})

test('links are listed the newest first, by status and page by page', async () => {
  const made = [await createLink(shop), await createLink(shop, { validUntil: PAST }), await createLink(shop), await createLink(shop)]
  await revokeLink(shop, made[0].link.id)
  await held(shop, { cart: { A: 1 }, token: made[2].token })
  const list = async (args: string) =>
    (await shop.admin(`{ privateLinks${args} { totalCount nodes { id status } pageInfo { endCursor hasNextPage } } }`)).privateLinks
  const all = await list('')
  expect(all.nodes).toEqual(
    [
      [3, 'ACTIVE'],
      [2, 'USED_UP'],
      [1, 'EXPIRED'],
      [0, 'REVOKED'],
    ].map(([i, status]) => ({ id: made[Number(i)].link.id, status })),
  )
  for (const { id, status } of all.nodes)
    expect(await list(`(status: ${status})`)).toMatchObject({ totalCount: 1, nodes: [{ id, status }] })
  const first = await list('(first: 3)')
  const rest = await list(`(first: 3, after: "${first.pageInfo.endCursor}")`)
  expect([...first.nodes, ...rest.nodes]).toEqual(all.nodes)
})

test('what came of a link is told by customer', async () => {
  await orders(shop, ['li', 'A', 1, 1, PAST])
  const { token, link: made } = await createLink(shop, { maxUses: null })
  await commit(shop, (await held(shop, { cart: { A: 1 }, as: 'mei', token })).id, 'o1')
  await held(shop, { cart: { A: 1 }, as: 'mei', token })
  await release(shop, (await held(shop, { cart: { A: 1 }, as: 'li', token })).id)
  await held(shop, { cart: { A: 1 }, token })
  const own = await createLink(shop, { customers: [{ externalId: 'li' }] })
  const by = async (id: string) =>
    (
      await shop.admin(
        'query ($id: ID!) { privateLink(id: $id) { byCustomer { totalCount nodes { customer { externalId } opens reservations heldReservations orders revenue } } } }',
        { id },
      )
    ).privateLink.byCustomer
  const { nodes, totalCount } = await by(made.id)
  expect(totalCount).toBe(2)
  expect(
    Object.fromEntries(nodes.map(({ customer, ...figures }: { customer: { externalId: string } }) => [customer.externalId, figures])),
  ).toEqual({
    mei: { opens: null, reservations: 2, heldReservations: 1, orders: 1, revenue: 5_000 },
    li: { opens: null, reservations: 1, heldReservations: 0, orders: 0, revenue: 0 },
  })
  expect(await by(own.link.id)).toEqual({
    totalCount: 1,
    nodes: [{ customer: { externalId: 'li' }, opens: 0, reservations: 0, heldReservations: 0, orders: 0, revenue: 0 }],
  })
  expect(await link(shop, made.id)).toMatchObject({ reservations: 4, heldReservations: 2, orders: 1, revenue: 5_000, uses: 3 })
})

test('a page of links, whom they name and what came of them cost as many statements as one link', async () => {
  const page = async (first: number) => {
    const fields = 'customers { name } revenue reservations orders byCustomer { totalCount nodes { customer { name } orders } } status uses'
    return shop.admin(`{ privateLinks(first: ${first}) { totalCount nodes { ${fields} } } }`)
  }
  for (let i = 0; i < 12; i++) {
    const { token } = await createLink(shop, { customers: [{ externalId: 'mei' }, { externalId: 'li' }] })
    await commit(shop, (await held(shop, { cart: { A: 1 }, as: 'mei', token })).id, `o${i}`)
  }
  await page(1)
  const [one, twelve] = [await statementsIn(() => page(1)), await statementsIn(() => page(12))]
  expect((await page(12)).privateLinks.nodes[11].byCustomer.nodes).toHaveLength(2)
  expect(twelve).toBe(one)
})
