import { expect, test } from 'vitest'
import { ensureBootstrapKey } from '../../src/access/key.service.ts'
import { bearer } from '../harness/client.ts'
import { openTestShop } from '../harness/shop.ts'

test("the bootstrap key of this start is the owner's, also one that was replaced before, and no other is", async () => {
  const shop = await openTestShop()
  const [first, second] = [`first ${shop.code}`, `second ${shop.code}`].map((text) => text.replaceAll(' ', '-').padEnd(32, '0'))
  const opens = async (secret = '') => (await shop.ask('/admin/graphql', bearer(secret), '{ keys { name } }')).errors.length === 0
  for (const [secret, other] of [
    [first, second],
    [second, first],
    [first, second],
  ]) {
    const answer = await ensureBootstrapKey(shop.world(), secret ?? '')
    expect(answer.ok).toBe(true)
    await expect.poll(() => opens(secret)).toBe(true)
    await expect.poll(() => opens(other), { timeout: 3_000 }).toBe(false)
  }
})
