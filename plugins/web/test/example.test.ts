import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { type ExampleShop, startShop } from '../example/server.ts'
import { barriers } from './axe.ts'
import { launchChromium } from './chromium.ts'
import { visit } from './visit.ts'

const world = inject('world')
let browser: Browser
let shop: ExampleShop

beforeAll(async () => {
  browser = await launchChromium()
  shop = await startShop({ ...world, timeoutMs: 60_000 })
})
afterAll(async () => {
  await browser?.close()
  await shop?.close()
})

const add = (page: Page, sku: string) => page.locator(`[data-add=${sku}]`).click()

for (const lang of ['en', 'zh'])
  for (const shopper of ['mei', undefined])
    for (const width of [1280, 390])
      test(`${shopper ?? 'a guest'} meets no barrier, and nothing moves, at ${width} pixels in ${lang}`, async () => {
        const address = `${shop.url}/?lang=${lang}${shopper ? `&privateLink=${world.linkToken}` : ''}`
        const { page, faults, heard, moved, close } = await visit(browser, address, {
          ...(shopper && { shopper }),
          viewport: { width, height: 900 },
        })
        await add(page, 'TIEGUANYIN')
        await expect.poll(() => heard('quote')).toHaveLength(1)
        await expect.poll(() => heard('price')).toHaveLength(6)
        if (shopper)
          for (const tag of ['tier-progress', 'vip-offers', 'coupon-wallet', 'private-link'])
            await page.locator(`${tag} .card`).first().waitFor()
        expect(await barriers(page)).toEqual([])
        expect(faults).toEqual([])
        expect(await moved()).toEqual([])
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
        await close()
      })

test('the whole shop is two requests, and nothing in it moves however late they are answered', async () => {
  const { page, asked, heard, painted, letScript, letAnswers, moved, close } = await visit(browser, shop.url, {
    shopper: 'mei',
    held: true,
  })
  await page.getByText('Zisha teapot').waitFor()
  await painted()
  letScript()
  await page.waitForFunction(() => customElements.get('vip-offers'))
  await painted()
  letAnswers()
  await expect.poll(() => heard('price')).toHaveLength(6)
  await page.locator('vip-offers [part=offer]').first().waitFor()
  await page.locator('coupon-wallet [part~=coupon]').first().waitFor()
  await page.locator('tier-progress [part=card]').waitFor()
  expect(await moved()).toEqual([])
  expect([...asked].sort()).toEqual(['memberPrices', 'shopper'])
  await close()
})
