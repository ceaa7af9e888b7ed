import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Engine, startEngine } from '../../engine.ts'
import { fillShop } from '../example/rules.ts'
import { launchChromium } from './chromium.ts'
import { html, issuedBy, type Site, shopElement, startSite, type TokensFor } from './site.ts'
import { visit } from './visit.ts'
import type { World } from './world.setup.ts'

const all = `<member-price sku="LONGJING">¥128.00</member-price><p>Below it</p><member-price sku="POT" list-price="39800"></member-price>
<cart-steps cart='{"lines":[{"sku":"POT","quantity":1}]}'></cart-steps><tier-progress></tier-progress><vip-offers>Ask us for offers.</vip-offers><coupon-wallet></coupon-wallet>`
let engine: Engine
let world: World
let browser: Browser
let site: Site
let tokens: TokensFor
let given: string[]

beforeAll(async () => {
  engine = await startEngine()
  world = { ...engine, ...(await fillShop(engine)) }
  browser = await launchChromium()
  const pages = {
    '/': html(all, { shop: shopElement(world) }),
    '/price': html('<member-price sku="LONGJING">¥128.00</member-price>', { shop: shopElement(world) }),
  }
  site = await startSite(pages, async (customer) => {
    const token = await tokens(customer)
    given.push(token ?? '')
    return token
  })
})
afterAll(async () => {
  await browser?.close()
  await site?.close()
  await engine?.close()
})

test('a token that is over is renewed once, for all that met its end', async () => {
  given = []
  tokens = async (customer) => (given.length === 0 ? 'over' : issuedBy(world)(customer))
  const { page, heard, faults, close } = await visit(browser, `${site.url}/`, { shopper: 'mei' })
  await page.locator('member-price [part~=member]').first().waitFor()
  await page.locator('tier-progress [part=card]').waitFor()
  await page.locator('cart-steps [part=step]').waitFor()
  expect(given).toHaveLength(2)
  expect(await heard('error')).toEqual([])
  expect(faults).toEqual([])
  await close()
})

test('a shop whose tokens are never good shows list prices, and does not ask for ever', async () => {
  given = []
  tokens = async () => 'never good'
  const { page, heard, close } = await visit(browser, `${site.url}/price`, { shopper: 'mei' })
  await expect.poll(() => heard('error')).toMatchObject([{ code: 'UNAUTHENTICATED' }])
  expect(await page.getByText('¥128.00').isVisible()).toBe(true)
  expect(given).toEqual(['never good', 'never good'])
  await close()
})

test('a shop that cannot say who is signed in shows list prices', async () => {
  tokens = () => Promise.reject(new Error('out of order'))
  const { page, heard, asked, faults, close } = await visit(browser, `${site.url}/price`, { shopper: 'mei' })
  await expect.poll(() => heard('error')).toHaveLength(1)
  expect(await page.getByText('¥128.00').isVisible()).toBe(true)
  expect([asked, faults]).toEqual([[], []])
  await close()
})

test('without an engine the page keeps its prices, says what cannot be shown, and nothing moves; then it comes back', async () => {
  given = []
  tokens = issuedBy(world)
  const token = await tokens('mei')
  tokens = async () => token
  await engine.stop()
  const { page, heard, faults, moved, painted, letScript, letAnswers, close } = await visit(browser, `${site.url}/`, {
    shopper: 'mei',
    held: true,
  })
  await page.getByText('Below it').waitFor()
  await painted()
  letScript()
  letAnswers()
  await expect.poll(() => heard('error')).toHaveLength(6)
  expect(await heard('error')).toMatchObject(Array.from({ length: 6 }, () => ({ code: 'UNREACHABLE' })))
  expect(await page.getByText('¥128.00').isVisible()).toBe(true)
  expect(await page.getByText('¥398.00').isVisible()).toBe(true)
  expect(await page.getByText('Ask us for offers.').isVisible()).toBe(true)
  expect(await page.locator('tier-progress').getByText('This cannot be shown right now.').isVisible()).toBe(true)
  expect(await page.locator('coupon-wallet').getByText('This cannot be shown right now.').isVisible()).toBe(true)
  expect(await page.locator('[part~=card], [part~=offer], [part~=coupon]').count()).toBe(0)
  expect(await moved()).toEqual([])
  expect(faults).toEqual([])

  await engine.start()
  await page.evaluate(() => document.dispatchEvent(new Event('regulars-refresh')))
  await page.locator('member-price [part~=member]').first().waitFor()
  await page.locator('coupon-wallet [part~=coupon]').first().waitFor()
  await close()
})
