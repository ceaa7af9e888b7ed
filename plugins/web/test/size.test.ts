import { expect, test } from 'vitest'
import { sizes } from './size.ts'

test('all components with the client are under 12 KB', async () => {
  const { whole, client } = await sizes()
  expect(client).toBeGreaterThan(1_000)
  expect(whole).toBeLessThan(12_000)
})
