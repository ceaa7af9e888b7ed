import path from 'node:path'
import { build } from 'esbuild'
import type { Browser, Page } from 'playwright-core'
import { createElement } from 'react'
import { renderToString } from 'react-dom/server'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { launchChromium } from './chromium.ts'
import { App } from './react-app.tsx'
import { issuedBy, type Site, startSite } from './site.ts'
import { visit } from './visit.ts'

const world = inject('world')
const given = { endpoint: world.storefront, publishableKey: world.publishableKey, linkToken: world.linkToken }
const written = renderToString(createElement(App, given))
let browser: Browser
let site: Site

const page = (content: string) => `<!doctype html><html lang="en"><head><title>Tea</title></head>
<body><div id="root" data-given='${JSON.stringify(given)}'>${content}</div><script type="module" src="/app.js"></script></body></html>`

beforeAll(async () => {
  const entryPoints = [path.join(import.meta.dirname, 'react-app.tsx')]
  const { outputFiles } = await build({
    entryPoints,
    bundle: true,
    format: 'esm',
    jsx: 'automatic',
    write: false,
    define: { 'process.env.NODE_ENV': '"development"' },
  })
  browser = await launchChromium()
  site = await startSite({ '/': page(''), '/written': page(written) }, issuedBy(world), { '/app.js': outputFiles[0]?.text ?? '' })
})
afterAll(async () => {
  await browser?.close()
  await site?.close()
})

const text = (page: Page, selector: string) => page.locator(selector).textContent()

test('a server writes the elements with their attributes and the list price, and no property that is no text', () => {
  expect(written).toContain('<member-price sku="LONGJING" quantity="1" next-tier="" class="price">¥128.00</member-price>')
  expect(written).toMatch(/<cart-steps max="2"><\/cart-steps>/)
})

for (const [how, address] of [
  ['rendered in the browser', '/'],
  ['written by a server first', '/written'],
])
  test(`a page in React, ${how}, sets properties and hears events`, async () => {
    const { page, faults, asked, close } = await visit(browser, `${site.url}${address}`, { shopper: 'mei' })
    await expect.poll(() => text(page, '#price')).toBe('11520')
    await expect.poll(() => text(page, '#total')).toBe('7920')
    expect([...asked].sort()).toEqual(['memberPrices', 'privateLink', 'quote', 'shopper'])
    await page.getByRole('button', { name: /^Use/ }).click()
    await expect.poll(() => text(page, '#used')).toMatch(/^[A-Z0-9]{12}$/)
    await page.getByText('Two', { exact: true }).click()
    await expect.poll(() => text(page, '#total')).toBe('13939')
    await page.getByText('Sign out').click()
    await expect.poll(() => text(page, '#price')).toBe('12800')
    expect(faults).toEqual([])
    await close()
  })
