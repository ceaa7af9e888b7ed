import { readFile } from 'node:fs/promises'
import { buildSchema, type GraphQLField, type GraphQLInputType, getNamedType, isInputObjectType } from 'graphql'
import { beforeAll, describe, expect, test } from 'vitest'
import type { StaffRole } from '../../src/access/key.model.ts'
import { may, type Permission } from '../../src/access/permission.rules.ts'
import { bearer } from '../harness/client.ts'
import { everythingOf } from '../harness/rows.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'
import { ADMIN_EXAMPLES } from './examples/admin.ts'
import { type Example, furnish, type Names } from './examples/example.ts'
import { STOREFRONT_EXAMPLES } from './examples/storefront.ts'

const ROLES: readonly StaffRole[] = ['ANALYST', 'SERVICE', 'MARKETER', 'MANAGER', 'OWNER']
const SECRET = 'word-that-only-this-shop-knows'
const APIS = [
  { api: 'storefront', path: '/storefront/graphql', examples: STOREFRONT_EXAMPLES },
  { api: 'admin', path: '/admin/graphql', examples: ADMIN_EXAMPLES },
] as const

let shop: TestShop
let names: Names
let keys: Readonly<Record<'plugin' | 'publishable' | StaffRole, string>>

beforeAll(async () => {
  shop = await openTestShop()
  names = await furnish(shop, SECRET)
  keys = {
    ...shop.keys,
    OWNER: shop.keys.owner,
    MANAGER: await shop.key('ADMIN', 'MANAGER'),
    MARKETER: await shop.key('ADMIN', 'MARKETER'),
    SERVICE: await shop.key('ADMIN', 'SERVICE'),
    ANALYST: await shop.key('ADMIN', 'ANALYST'),
  }
})

const codesOf = async (
  path: (typeof APIS)[number]['path'],
  headers: Record<string, string>,
  example: Example,
  variables = example.variables?.(names) ?? {},
) => (await shop.ask(path, headers, example.query, variables)).errors.map(({ extensions }) => extensions.code)

describe.each(APIS)('the $api API', ({ api, path, examples }) => {
  test('has an example here of every field that it has: add one for yours', async () => {
    expect(Object.keys(examples).sort()).toEqual((await rootFields(api)).map(({ name }) => name).sort())
  })

  test.each(Object.entries(examples))('%s answers nobody without a key', async (_, example) => {
    expect(await codesOf(path, {}, example)).toEqual(['UNAUTHENTICATED'])
  })
})

test.each(Object.entries(STOREFRONT_EXAMPLES))('storefront %s opens to its kinds of key and no other', async (_, example) => {
  expect(await codesOf('/storefront/graphql', bearer(keys.OWNER), example)).toEqual(['FORBIDDEN'])
  const browser = await codesOf('/storefront/graphql', bearer(keys.publishable), example)
  if (example.needs === 'PLUGIN') expect(browser).toEqual(['FORBIDDEN'])
  else expect(browser).toEqual([])
  expect(await codesOf('/storefront/graphql', bearer(keys.plugin), example)).toEqual([])
})

test.each(Object.entries(ADMIN_EXAMPLES))('admin %s opens to the roles of its permission and to nobody else', async (_, example) => {
  for (const key of [keys.plugin, keys.publishable]) expect(await codesOf('/admin/graphql', bearer(key), example)).toEqual(['FORBIDDEN'])
  for (const role of ROLES) {
    const codes = await codesOf('/admin/graphql', bearer(keys[role]), example)
    if (may(role, example.needs as Permission)) for (const code of codes) expect(['FORBIDDEN', 'INTERNAL_SERVER_ERROR']).not.toContain(code)
    else expect(codes).toEqual(['FORBIDDEN'])
  }
})

describe('what only a trusted caller may say', () => {
  test('has an example wherever the schema has it', async () => {
    const open = (await rootFields('storefront')).filter(({ name }) => STOREFRONT_EXAMPLES[name]?.needs === 'STOREFRONT')
    for (const { name, trusted } of open)
      expect([name, Object.keys(STOREFRONT_EXAMPLES[name]?.trusted ?? {}).sort()]).toEqual([name, trusted])
  })

  const said = Object.entries(STOREFRONT_EXAMPLES).flatMap(([name, example]) =>
    Object.entries(example.trusted ?? {}).map(([what, variables]) => ({ name, what, example, variables })),
  )
  test.each(said)('$what of $name is refused from a browser, never ignored', async ({ example, what, variables }) => {
    const { errors } = await shop.ask('/storefront/graphql', bearer(keys.publishable), example.query, variables(names))
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN'])
    expect(errors[0]?.extensions.inputPath).toContain(what)
    expect(await codesOf('/storefront/graphql', bearer(keys.plugin), example, variables(names))).toEqual([])
  })
})

describe('another shop', () => {
  let stranger: TestShop
  let ours: TestShop
  let oursNames: Names
  let before: string
  beforeAll(async () => {
    ours = await openTestShop()
    oursNames = await furnish(ours, SECRET)
    stranger = await openTestShop()
    before = await everythingOf(ours)
  })

  const all = APIS.flatMap(({ api, path, examples }) =>
    Object.entries(examples).flatMap(([name, example]) =>
      [example.variables ?? (() => ({})), ...Object.values(example.trusted ?? {})].map((variables, i) => ({
        api,
        path,
        name,
        example,
        variables,
        way: i + 1,
      })),
    ),
  )
  test.each(all)('neither sees nor changes anything of ours by $api $name ($way)', async ({ api, path, example, variables }) => {
    const key = api === 'admin' ? stranger.keys.owner : stranger.keys.plugin
    const answer = await stranger.ask(path, bearer(key), example.query, variables(oursNames))
    expect(JSON.stringify(answer)).not.toContain(SECRET)
    expect(answer.errors.map(({ extensions }) => extensions.code)).not.toContain('INTERNAL_SERVER_ERROR')
    const after = await everythingOf(ours)
    const same = after === before
    before = after
    expect(same).toBe(true)
  })

  test.each([{ externalId: 'mei' }, { email: 'mei@example.com' }])('has nobody of ours by %o', async (ref) => {
    expect(await ours.admin('query ($ref: CustomerRef!) { customer(ref: $ref) { id } }', { ref })).toEqual({
      customer: { id: oursNames.mei },
    })
    const other = await openTestShop()
    expect(await other.admin('query ($ref: CustomerRef!) { customer(ref: $ref) { id } }', { ref })).toEqual({ customer: null })
  })

  test("cannot use a shopper's token of ours", async () => {
    const { issueShopperToken } = await ours.storefront('mutation { issueShopperToken(customer: { externalId: "mei" }) { token } }')
    const headers = (of: TestShop) => ({ ...bearer(of.keys.publishable), 'x-shopper-token': issueShopperToken.token })
    expect((await ours.ask('/storefront/graphql', headers(ours), '{ shopper { id } }')).data).toEqual({ shopper: { id: oursNames.mei } })
    expect(await stranger.ask('/storefront/graphql', headers(stranger), '{ shopper { id } }')).toMatchObject({ status: 401, data: null })
  })

  // The proof above would prove nothing if the word were not to be found at all.
  const queries = APIS.flatMap(({ api, path, examples }) =>
    Object.entries(examples).flatMap(([name, example]) =>
      name.startsWith('Query.') && !example.tellsOfNoShop ? [{ api, path, name, example }] : [],
    ),
  )
  test.each(queries)('(we ourselves do see it by $api $name)', async ({ api, path, example }) => {
    const key = api === 'admin' ? ours.keys.owner : ours.keys.plugin
    const variables = example.trusted?.customer ?? example.variables ?? (() => ({}))
    const answer = await ours.ask(path, bearer(key), example.query, variables(oursNames))
    expect(answer.errors).toEqual([])
    if (!example.figures) expect(JSON.stringify(answer.data)).toContain(SECRET)
    else expect(answer.data).not.toEqual((await stranger.ask(path, bearer(stranger.keys.owner), example.query, variables(oursNames))).data)
  })
})

describe('every change by staff', () => {
  let changing: TestShop
  let changingNames: Names
  beforeAll(async () => {
    changing = await openTestShop()
    changingNames = await furnish(changing, SECRET)
  })

  const mutations = Object.entries(ADMIN_EXAMPLES).filter(([name]) => name.startsWith('Mutation.'))
  test.each(mutations)('leaves its trace: %s', async (name, example) => {
    const newest = async () => (await changing.admin('{ auditLog(first: 1) { nodes { id action actorKind } } }')).auditLog.nodes[0]
    const before = await newest()
    await changing.admin(example.query, example.variables?.(changingNames) ?? {})
    const after = await newest()
    expect(after.id).not.toBe(before.id)
    expect(after).toMatchObject({ action: name.split('.')[1], actorKind: 'KEY' })
  })
})

/** The fields of Query and Mutation as they are committed, with what of each only a trusted caller may say. */
async function rootFields(api: 'storefront' | 'admin'): Promise<{ name: string; trusted: string[] }[]> {
  const schema = buildSchema(await readFile(`schema/${api}.graphql`, 'utf8'))
  return [schema.getQueryType(), schema.getMutationType()].flatMap((root) =>
    Object.values(root?.getFields() ?? {}).map((field) => ({ name: `${root?.name}.${field.name}`, trusted: trustedInputs(field).sort() })),
  )
}

function trustedInputs(field: GraphQLField<unknown, unknown>): string[] {
  const named = field.args.filter(({ name }) => name === 'customer' || name === 'explain').map(({ name }) => name)
  return field.args.some(({ type }) => holds(type, 'listPrice')) ? [...named, 'listPrice'] : named
}

function holds(type: GraphQLInputType, name: string, seen: ReadonlySet<string> = new Set()): boolean {
  const input = getNamedType(type)
  if (!isInputObjectType(input) || seen.has(input.name)) return false
  return Object.values(input.getFields()).some((field) => field.name === name || holds(field.type, name, new Set([...seen, input.name])))
}
