import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { PRODUCTS } from '../example/assortment.ts'
import { launchChromium } from './chromium.ts'
import { html, issuedBy, type Site, shopElement, startSite } from './site.ts'
import { visit } from './visit.ts'

const world = inject('world')
const shop = shopElement(world)
let browser: Browser
let site: Site

const sixty = Array.from({ length: 60 }, (_, i) => {
  const { sku, listPrice } = PRODUCTS[i % PRODUCTS.length] as (typeof PRODUCTS)[number]
  return `<h2>Number ${i}</h2><member-price sku="${sku}" quantity="${1 + Math.floor(i / PRODUCTS.length)}">¥${(listPrice / 100).toFixed(2)}</member-price><p>Below it</p>`
}).join('')

beforeAll(async () => {
  browser = await launchChromium()
  site = await startSite(
    {
      '/one': html('<member-price sku="LONGJING">¥128.00</member-price>', { shop }),
      '/zh': html('<member-price sku="LONGJING">¥128.00</member-price>', { shop, lang: 'zh-CN' }),
      '/sixty': html(sixty, { shop }),
      '/unreserved': html(
        '<style>member-price:not(:defined)::after{display:none}</style><member-price sku="LONGJING">¥128.00</member-price><p>Below it</p>',
        { shop },
      ),
      '/currency': html('<member-price sku="LONGJING">¥128.00</member-price>', { shop: shopElement(world, '') }),
      '/unknown': html('<member-price sku="NOTHING">¥1.00</member-price><member-price sku="LONGJING">¥128.00</member-price>', { shop }),
      '/more': html('<member-price sku="LONGJING" list-price="12800" next-tier></member-price>', { shop }),
    },
    issuedBy(world),
  )
})
afterAll(async () => {
  await browser?.close()
  await site?.close()
})

const member = (page: Page) => page.locator('member-price [part~=member]').first().waitFor()
const said = (page: Page, part: string) => page.locator(`member-price [part~=${part}]`).first().textContent()
const all = (page: Page) =>
  page.waitForFunction(() =>
    [...document.querySelectorAll('member-price')].every((each) => each.shadowRoot?.querySelector('[part~=member]')),
  )

test('a gold customer sees the gold price, what it is for others, and what that makes', async () => {
  const { page, close, heard } = await visit(browser, `${site.url}/one`, { shopper: 'mei' })
  await member(page)
  expect(await said(page, 'price')).toBe('¥115.20')
  expect(await said(page, 'list-price')).toBe(' List price ¥128.00')
  expect(await said(page, 'note')).toBe('Your price, ¥12.80 less')
  expect(await heard('price')).toMatchObject([{ sku: 'LONGJING', memberPrice: 11_520, listPrice: 12_800, saving: 1_280 }])
  await close()
})

test('in Chinese it says so in Chinese, and follows when the page changes its language', async () => {
  const { page, asked, close } = await visit(browser, `${site.url}/zh`, { shopper: 'mei' })
  await member(page)
  expect(await said(page, 'note')).toBe('您的专享价，省 ¥12.80')
  await page.evaluate(() => document.documentElement.setAttribute('lang', 'de'))
  await expect.poll(() => said(page, 'note')).toBe('Your price, ¥12.80 less')
  expect(asked).toEqual(['memberPrices'])
  await close()
})

test('a guest sees the list price, and no word of a saving', async () => {
  const { page, heard, close } = await visit(browser, `${site.url}/one`)
  await expect.poll(() => heard('price')).toHaveLength(1)
  expect(await said(page, 'price')).toBe('¥128.00')
  expect(await said(page, 'note')).toBe('')
  await close()
})

test('sixty prices are one request; asked for again they are none', async () => {
  const { page, asked, close } = await visit(browser, `${site.url}/sixty`, { shopper: 'mei' })
  await all(page)
  expect(asked).toEqual(['memberPrices'])
  await page.evaluate(() =>
    document.querySelector('main')?.append(...[...document.querySelectorAll('member-price')].map((each) => each.cloneNode(true))),
  )
  await all(page)
  expect(asked).toEqual(['memberPrices'])
  await close()
})

test('nothing moves when the script comes, nor when the prices do', async () => {
  const { page, painted, letScript, letAnswers, moved, close } = await visit(browser, `${site.url}/sixty`, {
    shopper: 'mei',
    held: true,
  })
  await page.getByText('Number 3', { exact: true }).waitFor()
  await painted()
  letScript()
  await page.waitForFunction(() => customElements.get('regulars-shop'))
  await painted()
  expect(await page.getByText('¥128.00').first().isVisible()).toBe(true)
  letAnswers()
  await all(page)
  expect(await moved()).toEqual([])
  await close()
})

test('a page without the room for it does move: the measure sees that', async () => {
  const { page, painted, letScript, letAnswers, moved, close } = await visit(browser, `${site.url}/unreserved`, {
    shopper: 'mei',
    held: true,
  })
  await page.getByText('Below it').waitFor()
  await painted()
  letScript()
  letAnswers()
  await member(page)
  expect(await moved()).not.toEqual([])
  await close()
})

test('another quantity is another price, and is told to who cannot see it', async () => {
  const { page, asked, close } = await visit(browser, `${site.url}/one`, { shopper: 'mei' })
  await member(page)
  const live = () =>
    page.evaluate(() => document.querySelector('member-price')?.shadowRoot?.querySelector('[aria-live]')?.getAttribute('aria-live'))
  expect(await live()).toBe('off')
  await page.evaluate(() => {
    const price = document.querySelector('member-price')
    if (!price) return
    price.sku = 'POT'
    price.quantity = 2
  })
  await expect.poll(() => said(page, 'price')).toBe('¥358.20')
  expect(await live()).toBe('polite')
  expect(asked).toEqual(['memberPrices', 'memberPrices'])
  await close()
})

test('who signs out sees the list price again once the page says so', async () => {
  const { page, close } = await visit(browser, `${site.url}/one`, { shopper: 'mei' })
  await member(page)
  await page.context().clearCookies()
  await page.evaluate(() => document.dispatchEvent(new Event('regulars-refresh')))
  await expect.poll(() => said(page, 'price')).toBe('¥128.00')
  await close()
})

test('a page that does not say its currency asks for it once', async () => {
  const { page, asked, close } = await visit(browser, `${site.url}/currency`, { shopper: 'mei' })
  await member(page)
  expect(await said(page, 'price')).toBe('¥115.20')
  expect([...asked].sort()).toEqual(['memberPrices', 'shop'])
  await close()
})

test('a product that the engine does not know keeps the price of the page, and the others have theirs', async () => {
  const { page, heard, faults, close } = await visit(browser, `${site.url}/unknown`, { shopper: 'mei' })
  await member(page)
  expect(await page.getByText('¥1.00').isVisible()).toBe(true)
  expect(await heard('error')).toMatchObject([{ code: 'UNKNOWN_SKU' }])
  expect(faults).toEqual([])
  await close()
})

test('a page that writes no price gives it in minor units, and may show what the next tier pays', async () => {
  const { page, letScript, letAnswers, close } = await visit(browser, `${site.url}/more`, { shopper: 'mei', held: true })
  letScript()
  await page.locator('member-price [part=price]').waitFor()
  expect(await said(page, 'price')).toBe('¥128.00')
  letAnswers()
  await member(page)
  expect(await said(page, 'note')).toBe('Your price, ¥12.80 less · 钻石卡 Diamond: ¥108.80')
  await close()
})
