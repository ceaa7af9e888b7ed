import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { openShop, type Shop } from './shop.ts'

const world = inject('world')
const lines = [
  { sku: 'TIEGUANYIN', quantity: 2 },
  { sku: 'GAIWAN', quantity: 1 },
]
const pages = {
  '/': '<cart-steps max="2">Free shipping from ¥49 on</cart-steps>',
  '/json': `<cart-steps cart='${JSON.stringify({ lines })}'></cart-steps>`,
  '/broken': '<cart-steps cart="{"></cart-steps>',
}
let shop: Shop
let chinese: Shop
beforeAll(async () => {
  shop = await openShop(world, pages)
  chinese = await openShop(world, pages, 'zh')
})
afterAll(async () => {
  await shop?.close()
  await chinese?.close()
})

const steps = (page: Page) => page.locator('cart-steps [part=step]').allTextContents()
const put = (page: Page, cart: object) =>
  page.evaluate((given) => Object.assign(document.querySelector('cart-steps') ?? {}, { cart: given }), cart)

test('a cart says what is missing to what it may have next, and tells who cannot see it', async () => {
  const { page, heard, close } = await shop.open('/', { shopper: 'mei' })
  expect(await page.getByText('Free shipping from ¥49 on').isVisible()).toBe(true)
  await put(page, { lines })
  await expect.poll(() => steps(page)).toEqual(['¥52.50 more for ¥30 off'])
  expect(await page.locator('cart-steps [role=status]').textContent()).toBe('¥52.50 more for ¥30 off')
  expect(await heard('quote')).toMatchObject([{ total: 24_750, nextSteps: [{ missing: 5_250, amount: 3_000 }] }])
  await close()
})

test('in Chinese it says so in Chinese', async () => {
  const { page, close } = await chinese.open('/json', { shopper: 'mei' })
  await expect.poll(() => steps(page)).toEqual(['再买 ¥52.50，立减 ¥30'])
  await close()
})

test('a step that takes no amount is called by its offer', async () => {
  const { page, close } = await shop.open('/')
  await put(page, { lines: [{ sku: 'JASMINE', quantity: 1 }] })
  await expect.poll(() => steps(page)).toEqual(['¥242 more for ¥30 off', '¥141 more for 会员包邮 Free shipping'])
  await close()
})

test('the same cart is asked for once, another one anew, and the answer of an older one is not shown', async () => {
  const { page, asked, close } = await shop.open('/', { shopper: 'mei' })
  await put(page, { lines })
  await expect.poll(() => steps(page)).toHaveLength(1)
  await put(page, { lines })
  await put(page, { lines: [{ sku: 'POT', quantity: 1 }] })
  await expect.poll(() => steps(page)).toEqual(['¥441.80 more for ¥100 off'])
  expect(asked).toEqual(['quote', 'quote'])
  await close()
})

test('a cart that is no JSON is told to the page, and breaks nothing', async () => {
  const { heard, faults, asked, close } = await shop.open('/broken')
  expect(await heard('error')).toHaveLength(1)
  expect([faults, asked]).toEqual([[], []])
  await close()
})
