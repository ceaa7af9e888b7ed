import { createStorefront } from '@regulars/client'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { openShop, type Shop } from './shop.ts'

const world = inject('world')
let shop: Shop
beforeAll(async () => {
  shop = await openShop(world, { '/': '<tier-progress></tier-progress><vip-offers></vip-offers>' })
})
afterAll(() => shop?.close())

test('a gold customer sees the way to diamond in the figures of the engine', async () => {
  const { page, asked, close } = await shop.open('/', { shopper: 'mei' })
  const part = (name: string) => page.locator(`tier-progress [part=${name}]`)
  await part('card').waitFor()
  expect(await part('tier').textContent()).toBe('金卡 Gold')
  expect(await part('next').textContent()).toBe('Next: 钻石卡 Diamond')
  expect(await part('figures').allTextContents()).toEqual(['¥3,200 of ¥5,000', '3 of 6'])
  expect(await part('gains').textContent()).toBe('It opens: 会员价 Member prices (up to 15% off)')
  const bar = page.getByRole('progressbar', { name: 'Amount spent' })
  expect([await bar.getAttribute('aria-valuenow'), await bar.getAttribute('aria-valuemax')]).toEqual(['3200', '5000'])
  expect(asked).toEqual(['shopper'])
  await close()
})

test('who has bought nothing yet has no tier, and sees the first one', async () => {
  await createStorefront({ endpoint: world.storefront, key: world.pluginKey }).upsertCustomers({ customers: [{ externalId: 'eva' }] })
  const { page, close } = await shop.open('/', { shopper: 'eva' })
  await page.getByText('No tier yet').waitFor()
  expect(await page.locator('tier-progress [part=next]').textContent()).toBe('Next: 铜卡 Bronze')
  expect(await page.locator('tier-progress [part=figures]').allTextContents()).toEqual(['0 of 1'])
  await close()
})

test('offers say in a sentence what they take from what on, and how they come', async () => {
  const { page, close } = await shop.open('/', { shopper: 'mei' })
  await page.locator('vip-offers [part=offer]').first().waitFor()
  const steps = await page.locator('vip-offers [part=step]').allTextContents()
  expect(steps).toEqual(
    expect.arrayContaining([
      'Spend ¥300: ¥30 off',
      'Spend ¥800: ¥100 off',
      'Spend ¥49, from 银卡 Silver on: free shipping',
      'Buy 2 items or more: 12% off',
    ]),
  )
  expect(await page.locator('vip-offers [part=until]').allTextContents()).toContain('Applies by itself')
  await close()
})
