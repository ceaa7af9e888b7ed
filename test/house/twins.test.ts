import { beforeAll, expect, test } from 'vitest'
import { everythingOf } from '../harness/rows.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'
import { ADMIN_EXAMPLES } from './examples/admin.ts'
import { furnish, type Names } from './examples/example.ts'
import { STOREFRONT_EXAMPLES } from './examples/storefront.ts'

// Two shops that call everything alike: codes, skus, external ids, emails, tags, segments. A statement that forgets the shop in
// one of its joins finds the other's.

const [OURS, THEIRS] = ['word-that-only-we-know', 'word-that-only-the-twin-knows']
const ALL = [
  ...Object.entries(STOREFRONT_EXAMPLES).map(([name, example]) => ({ api: 'storefront', name, example }) as const),
  ...Object.entries(ADMIN_EXAMPLES).map(([name, example]) => ({ api: 'admin', name, example }) as const),
]

let ours: TestShop
let twin: TestShop
let twins: Names
let before: string
beforeAll(async () => {
  ours = await openTestShop()
  await furnish(ours, OURS)
  twin = await openTestShop()
  twins = await furnish(twin, THEIRS)
  before = await everythingOf(ours)
})

test('nothing of either is in a row of the other', async () => {
  expect(before).toContain(OURS)
  expect(before).not.toContain(THEIRS)
  expect(await everythingOf(twin)).not.toContain(OURS)
})

test.each(ALL)('$api $name in a shop that calls everything alike neither shows nor changes anything of ours', async ({ api, example }) => {
  const { path, key } =
    api === 'admin'
      ? ({ path: '/admin/graphql', key: twin.keys.owner } as const)
      : ({ path: '/storefront/graphql', key: twin.keys.plugin } as const)
  for (const variables of [example.variables ?? (() => ({})), ...Object.values(example.trusted ?? {})]) {
    const answer = await twin.ask(path, { authorization: `Bearer ${key}` }, example.query, variables(twins))
    expect(JSON.stringify(answer)).not.toContain(OURS)
    expect(answer.errors.map(({ extensions }) => extensions.code)).not.toContain('INTERNAL_SERVER_ERROR')
  }
  const after = await everythingOf(ours)
  const same = after === before
  before = after
  expect(same).toBe(true)
})

test('and what the twin has done stays in the twin', async () => {
  expect(await everythingOf(twin)).not.toContain(OURS)
})
