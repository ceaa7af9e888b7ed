import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { launchChromium } from './chromium.ts'
import { startSite } from './site.ts'
import { visit } from './visit.ts'

const world = inject('world')
const HERE = path.join(import.meta.dirname, '..')
let readme: string
let browser: Browser
let folder: string

beforeAll(async () => {
  readme = await readFile(path.join(HERE, 'README.md'), 'utf8')
  browser = await launchChromium()
  folder = await mkdtemp(path.join(tmpdir(), 'regulars-readme-'))
})
afterAll(async () => {
  await browser?.close()
  await rm(folder, { recursive: true, force: true })
})

/** The one block of a language, with this test's Regulars in it and time for a busy machine. */
function block(language: string): string {
  const found = [...readme.matchAll(new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 'gs'))]
  expect(found).toHaveLength(1)
  return (found[0]?.[1] ?? '')
    .replaceAll('https://regulars.example.com/storefront/graphql', world.storefront)
    .replaceAll('regulars_publishable_...', world.publishableKey)
    .replace('token-url', 'timeout-ms="60000" token-url')
    .replace('shopperToken={', 'timeoutMs={60_000} shopperToken={')
}

async function bundled(contents: string, loader: 'ts' | 'tsx', platform: 'node' | 'browser'): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, loader, resolveDir: HERE },
    bundle: true,
    write: false,
    format: 'esm',
    platform,
    jsx: 'automatic',
    define: platform === 'browser' ? { 'process.env.NODE_ENV': '"production"' } : {},
  })
  return outputFiles[0]?.text ?? ''
}

/** Its `regularsToken`, with keys as a shop gives them. */
async function theServer(): Promise<(customer: string) => Promise<string | null>> {
  const file = path.join(folder, 'server.mjs')
  await writeFile(file, await bundled(block('ts'), 'ts', 'node'))
  process.env.REGULARS_STOREFRONT = world.storefront
  process.env.REGULARS_PLUGIN_KEY = world.pluginKey
  const { regularsToken } = (await import(pathToFileURL(file).href)) as {
    regularsToken: (id: string | null) => Promise<{ token: string | null }>
  }
  return async (customer) => (await regularsToken(customer === '' ? null : customer)).token
}

test('the page and the server of the first five minutes do what is said of them', async () => {
  const site = await startSite({ '/': block('html') }, await theServer())
  const gold = await visit(browser, site.url, { shopper: 'mei' })
  await expect.poll(() => gold.page.locator('member-price [part~=price]').textContent()).toBe('¥115.20')
  await gold.page.locator('cart-steps [part=step]').waitFor()
  await gold.page.locator('coupon-wallet [part~=coupon]').waitFor()
  const guest = await visit(browser, site.url)
  await expect.poll(() => guest.page.locator('member-price [part~=price]').textContent()).toBe('¥128.00')
  expect(await guest.page.getByText('Sign in to use your coupons.').isVisible()).toBe(true)
  expect([gold.faults, guest.faults]).toEqual([[], []])
  await gold.close()
  await guest.close()
  await site.close()
})

test('so does the component in React', async () => {
  const app = `${block('tsx')}
import { createRoot } from 'react-dom/client'
createRoot(document.getElementById('root') as HTMLElement).render(<Product customerId="mei" />)`
  const page =
    '<!doctype html><html lang="zh-CN"><head><title>茶</title></head><body><div id="root"></div><script type="module" src="/app.js"></script></body></html>'
  const site = await startSite({ '/': page }, await theServer(), { '/app.js': await bundled(app, 'tsx', 'browser') })
  const { page: seen, faults, heard, close } = await visit(browser, site.url, { shopper: 'mei' })
  await expect.poll(() => seen.locator('member-price [part=note]').textContent()).toBe('您的专享价，省 ¥12.80')
  await expect.poll(() => heard('quote')).toHaveLength(1)
  expect(faults).toEqual([])
  await close()
  await site.close()
})
