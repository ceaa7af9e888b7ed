import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLOutputType,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql'
import { beforeAll, expect, test } from 'vitest'
import { buildApi } from '../../src/api/shared/schema.ts'
import { APIS } from '../../src/registry.ts'
import { customers, orders, products, tiers } from '../harness/acts.ts'
import { bearer } from '../harness/client.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'

// Every argument and input field of every operation of both APIs, found in the schema, is given what nobody should send.
// Whatever it is, the answer is data or an error that says whose fault it is; never that the server did not expect it.

const HOSTILE: Readonly<Record<string, readonly unknown[]>> = {
  String: ['', '\0', 'a\ud800', ' \u202e\n\t', 'https://shop.example/{token}\0', 'x'.repeat(20_000)],
  ID: ['', '\0', '\ud800', '0', '00000000-0000-0000-0000-000000000000', 'x'.repeat(10_000)],
  Int: [-2_147_483_648, -1, 0, 251, 2_147_483_647, 2_147_483_648],
  Float: [-1, 1e308],
  Boolean: ['true'],
  Money: [-1, 0, 0.5, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER + 1],
  Percentage: [-1, 0.001, 100.01, '5'],
  DateTime: ['0000-01-01T00:00:00Z', '0001-01-01T00:00:00+14:00', '2026-02-30T00:00:00Z', '9999-12-31T23:59:59-12:00', '\0', 1e15],
  Date: ['0000-01-01', '2026-02-30', '9999-12-31', '\0'],
  Currency: ['', 'XXX', '\0'],
  JSON: [7, [], { a: '\0' }, { '\0': 1 }, { a: ['\udfff'] }, { '\ud800': 1 }, JSON.parse('{"__proto__": {"a": 1}}'), nested(500)],
}

function nested(depth: number): unknown {
  let value: unknown = 1
  for (let i = 0; i < depth; i++) value = { a: value }
  return value
}

/** What usually stands there, so that one thing at a time is wrong. */
const USUAL: Readonly<Record<string, unknown>> = {
  'CustomerRef.*': { externalId: 'ann' },
  'AdjustmentInput.*': { percentOff: 5 },
  // A ladder and an offer cannot have one code.
  'OfferInput.code': 'offer',
  'OfferInput.level': 'PRODUCT',
  'BroadcastInput.code': 'news',
  'BroadcastInput.url': 'https://shop.example/',
  'OfferInput.order': undefined,
  'OfferInput.coupons': undefined,
  'CampaignGiveInput.link': undefined,
  'LadderInput.schedule': undefined,
  'TagRuleInput.regularly': undefined,
  'RegularlyInput.category': undefined,
  'adoptReadyMade.codes': ['regulars'],
  'adoptCampaign.code': 'second-order',
  'adoptCampaign.as': undefined,
  'adoptCampaign.channels': undefined,
  'adoptCampaign.parameters': undefined,
  'adoptCampaign.skus': undefined,
  'OfferInput.schedule': undefined,
  'issueCoupons.customers': undefined,
  'CouponTermsInput.claimFrom': '2026-01-01T00:00:00Z',
  'TouchCapInput.rollingDays': undefined,
  'TouchCapInput.audience': 'number_of_orders > 0',
  'QuietHoursInput.from': '21:00',
  'QuietHoursInput.until': '09:00',
  'issueShopperToken.ttlSeconds': 60,
  'extendReservation.ttlSeconds': 60,
  'ReserveInput.ttlSeconds': 60,
  '*.idempotencyKey': 'a-key-of-ours',
  'tagCustomers.remove': ['other'],
  'KeyInput.kind': 'PLUGIN',
  'KeyInput.role': undefined,
  'CompanyInput.externalId': 'acme',
  'ProductInput.sku': 'A',
  'TierInput.code': 'gold',
  'TierInput.rank': 1,
  'CustomerInput.email': 'ann@example.com',
  'CustomerInput.birthDate': '1990-05-05',
  'CustomerInput.companyExternalId': 'acme',
  'ShopInput.timeZone': 'Asia/Shanghai',
  'ShopInput.currency': undefined,
  'ShopInput.privateLinkUrl': 'https://shop.example/{token}',
  'IdentityInput.kind': 'unionid',
  'OrderInput.placedAt': '2026-01-01T00:00:00Z',
  'OrderInput.customer': { externalId: 'ann' },
  'CartLineInput.listPrice': 100,
  'PrivateLinkInput.customers': undefined,
  'PrivateLinkInput.audience': undefined,
  'ShopInput.privateLinkPage': 'https://shop.example/gift/{token}',
  'MultiBuyInput.units': 1,
  'PrizeInput.amount': undefined,
  'ScopeInput.launchedWithinDays': 7,
  'RfmMapInput.kind': 'EIGHT_CLASSES',
  'RfmMapInput.rows': undefined,
  'saveRhythm.p90Days': 5,
  '*.group': 'NEW',
  'pinCompanyTier.externalId': 'acme',
  'unpinCompanyTier.externalId': 'acme',
  'mergeCustomers.from': { externalId: 'bob' },
  'mergeCustomers.into': { externalId: 'ann' },
  'eraseCustomer.ref': { externalId: 'nobody' },
  'tierPriceHistory.from': '2026-01-01T00:00:00Z',
  'tierPriceHistory.to': undefined,
  '*.audience': 'number_of_orders >= 0',
  '*.query': 'number_of_orders >= 0',
  '*.qualification': 'number_of_orders >= 1',
  '*.retention': 'number_of_orders >= 1',
  '*.after': undefined,
  '*.tierCode': 'gold',
  '*.minTierCode': 'gold',
  '*.sku': 'A',
  '*.codes': ['usual'],
  '*.withDrafts': [],
  '*.privateLinkToken': undefined,
  '*.validFrom': '2026-01-01T00:00:00Z',
  '*.expectedVersion': undefined,
  'distribution.from': '2026-01-01T00:00:00Z',
  'customersBehind.from': '2026-01-01T00:00:00Z',
  'weekdayHours.from': '2026-01-01T00:00:00Z',
  'pareto.from': '2026-01-01T00:00:00Z',
  'newAndReturning.from': '2026-01-01T00:00:00Z',
  'cohorts.from': '2026-01-01T00:00:00Z',
  'secondOrders.from': '2026-01-01T00:00:00Z',
  'whatMakesRegulars.from': '2026-01-01T00:00:00Z',
  'repurchaseRates.from': '2026-01-01T00:00:00Z',
  'figureCsv.from': '2026-01-01T00:00:00Z',
  'figureCsv.of': 'REPURCHASE_RATES',
  'figureCsv.by': 'tag',
  'figureCsv.thing': 'PRODUCT',
  'diagnosis.at': '2026-01-01T00:00:00Z',
  'distribution.by': 'tag',
  'customersBehind.by': 'tag',
  'weekdayHours.by': 'tag',
  'repurchaseRates.by': 'tag',
  'distribution.bands': [0],
  'simulate.from': '2026-01-01T00:00:00Z',
  'whatIf.from': '2026-01-01T00:00:00Z',
  'WhatIfStepInput.amountOff': undefined,
  '*.target': undefined,
  'CampaignGoalInput.target': 5,
  'CampaignStartInput.time': undefined,
  'CampaignStartInput.until': undefined,
  'CampaignInput.exclusions': ['number_of_orders > 99'],
  'CampaignStepInput.condition': 'number_of_orders >= 0',
  'MessageProviderInput.ratePerSecond': 5,
  'SmtpInput.host': '127.0.0.1',
  'SmtpInput.port': 9,
  '*.replyTo': 'shop@tea.example',
  'SmtpInput.from': 'shop@tea.example',
  'PreviewMessageTemplateInput.language': 'zh',
  'MessageTemplateInput.code': 'usual',
  'TemplateVariantInput.language': undefined,
  'TemplateVariantInput.tierCode': undefined,
  'messages.campaignId': undefined,
  'PreviewMessageTemplateInput.draft': undefined,
  'TemplateVariantInput.providerTemplateId': undefined,
  'TemplateVariantInput.parameters': undefined,
  'testMessageProvider.to': undefined,
  'CampaignOnSiteInput.url': '/gifts',
  'WebhookSubscriptionInput.url': 'https://receiver.invalid/',
  'WebhookSubscriptionInput.topics': ['order.recorded'],
  'resendWebhookDeliveries.eventIds': ['0190a000-0000-7000-8000-000000000000'],
}
const OF_TYPE: Readonly<Record<string, unknown>> = {
  String: 'usual',
  ID: '1',
  Int: 1,
  Float: 1,
  Boolean: false,
  Money: 100,
  Percentage: 5,
  DateTime: '2199-01-01T00:00:00Z',
  Date: '2026-01-01',
  Currency: 'CNY',
  JSON: { a: 1 },
}

function usual(type: GraphQLInputType, owner: string, name: string): unknown {
  const nullable = getNullableType(type)
  for (const key of [`${owner}.${name}`, `*.${name}`]) if (key in USUAL) return USUAL[key]
  if (isListType(nullable)) return [usual(nullable.ofType, owner, name)]
  if (`${nullable.name}.*` in USUAL) return USUAL[`${nullable.name}.*`]
  if (isEnumType(nullable)) return nullable.getValues()[0]?.name
  if (isInputObjectType(nullable))
    return Object.fromEntries(
      Object.values(nullable.getFields()).map((field) => [field.name, usual(field.type, nullable.name, field.name)]),
    )
  return OF_TYPE[nullable.name]
}

/** The usual value with one thing in it wrong, for every thing that there is. */
function* wrong(type: GraphQLInputType, owner: string, name: string, depth = 0): Generator<unknown> {
  const nullable = getNullableType(type)
  if (!isNonNullType(type)) yield null
  if (isListType(nullable)) {
    yield []
    yield Array.from({ length: 1_001 }, () => usual(nullable.ofType, owner, name))
    const one = usual(nullable, owner, name)
    yield Array.isArray(one) ? [...one, ...one] : one
    for (const item of wrong(nullable.ofType, owner, name, depth)) yield [item]
    return
  }
  if (!isInputObjectType(nullable)) {
    yield* isEnumType(nullable) ? [...nullable.getValues().map((value) => value.name), 'NOBODY'] : (HOSTILE[nullable.name] ?? [])
    return
  }
  if (depth > 5) return
  const base = usual(nullable, owner, name) as object
  for (const field of Object.values(nullable.getFields()))
    for (const value of wrong(field.type, nullable.name, field.name, depth + 1))
      yield nullable.isOneOf ? { [field.name]: value } : { ...base, [field.name]: value }
}

/** Asks back what of a type takes no arguments. */
function selection(type: GraphQLOutputType, depth = 0): string {
  const named = getNamedType(type)
  if (isUnionType(named)) return '{ __typename }'
  if (!isObjectType(named)) return ''
  const fields = Object.values(named.getFields()).flatMap((field) => {
    if (depth >= 2 && isObjectType(getNamedType(field.type))) return []
    return [field.name + selection(field.type, depth + 1)]
  })
  return `{ __typename ${fields.join(' ')} }`
}

const operationOf = (kind: string, field: GraphQLField<unknown, unknown>) =>
  `${kind} (${field.args.map((arg) => `$${arg.name}: ${arg.type}`).join(', ')}) { ${field.name}(${field.args.map((arg) => `${arg.name}: $${arg.name}`).join(', ')}) ${selection(field.type)} }`

const ASK = { admin: '/admin/graphql', storefront: '/storefront/graphql' } as const
const fields: [keyof typeof ASK, string, string, GraphQLField<unknown, unknown>][] = []
for (const [api, resolvers] of APIS) {
  const schema = await buildApi(resolvers)
  for (const [kind, type] of [
    ['query', schema.getQueryType()],
    ['mutation', schema.getMutationType()],
  ] as const)
    for (const field of Object.values(type?.getFields() ?? {}))
      if (field.args.length > 0) fields.push([api as keyof typeof ASK, kind, field.name, field])
}

const FAULTS_OF_OURS: readonly unknown[] = [undefined, 'INTERNAL_SERVER_ERROR']

let shop: TestShop

beforeAll(async () => {
  shop = await openTestShop()
  await shop.storefront('mutation { upsertCompanies(companies: [{ externalId: "acme", name: "Acme" }]) }')
  await tiers(shop, 'gold')
  await products(shop, { A: 100 })
  await customers(shop, { ann: 'gold', bob: null })
  await orders(shop, ['ann', 'A', 100, 1, '2026-01-01T00:00:00Z'])
})

test.each(fields)('%s: %s %s answers whatever it is given', async (api, kind, name, field) => {
  const headers = bearer(api === 'admin' ? shop.keys.owner : shop.keys.plugin)
  const ask = (variables: object) => shop.ask(ASK[api], headers, operationOf(kind, field), variables)
  const base = Object.fromEntries(field.args.map((arg) => [arg.name, usual(arg.type, name, arg.name)]))
  expect((await ask(base)).errors.filter(({ extensions }) => ['BAD_USER_INPUT', 'CODE_TAKEN'].includes(extensions.code))).toEqual([])
  const badly: unknown[] = []
  for (const arg of field.args)
    for (const value of wrong(arg.type, name, arg.name)) {
      const { status, data, errors } = await ask({ ...base, [arg.name]: value })
      const isOurs = errors.some(({ extensions }) => FAULTS_OF_OURS.includes(extensions?.code)) || (data === null && errors.length === 0)
      if (status >= 500 || isOurs) badly.push([arg.name, (JSON.stringify(value) ?? '').slice(0, 300), status])
    }
  expect(badly).toEqual([])
})
