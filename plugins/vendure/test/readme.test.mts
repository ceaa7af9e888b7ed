import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { open } from './shop/open.mts'

const README = readFileSync(path.join(import.meta.dirname, '../README.md'), 'utf8')
const blocks = [...README.matchAll(/```graphql (shop|admin)\n([\s\S]*?)```/g)].map(([, api, query]) => ({ api, query: query ?? '' }))

test('what the README asks is answered', async () => {
  const all = await open()
  const mei = await all.gold()
  await mei.add('1', 1)
  expect(blocks.length).toBeGreaterThan(2)
  for (const { api, query } of blocks) {
    const answer = await (api === 'shop' ? mei.ask : all.shop.admin)(query)
    for (const field of Object.values(answer)) expect(field).not.toBeNull()
  }
})
