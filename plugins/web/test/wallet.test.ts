import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { openShop, type Shop } from './shop.ts'

const wallet = '<coupon-wallet>Sign in to use your coupons.</coupon-wallet>'
const pages = {
  '/': `${wallet}<vip-offers>Sign in to see your offers.</vip-offers>`,
  '/prevented': `${wallet}<script>addEventListener('regulars-apply-coupon', (event) => event.preventDefault())</script>`,
}
let shop: Shop
let chinese: Shop

beforeAll(async () => {
  shop = await openShop(inject('world'), pages)
  chinese = await openShop(inject('world'), pages, 'zh-CN')
})
afterAll(async () => {
  await shop?.close()
  await chinese?.close()
})

const coupon = (page: Page) => page.locator('coupon-wallet [part~=coupon]').first()
const said = (page: Page, tag = 'coupon-wallet') => page.locator(`${tag} [role=status]`).textContent()

test('a coupon says what it gives, from what on, and until when', async () => {
  const { page, close } = await shop.open('/', { shopper: 'mei' })
  await coupon(page).waitFor()
  const says = (part: string) => coupon(page).locator(`[part~=${part}]`).textContent()
  expect(await says('name')).toBe('春茶券 Spring tea')
  expect(await says('step')).toBe('Buy 2 items or more: 12% off')
  expect(await says('until')).toMatch(/^Until Apr 1, 2199, 8:00\sAM$/)
  expect(await says('code')).toMatch(/^[A-Z0-9]{12}$/)
  await close()
})

test('it says so in Chinese, as Chinese shops write it', async () => {
  const { page, close } = await chinese.open('/', { shopper: 'mei' })
  await coupon(page).waitFor()
  expect(await coupon(page).locator('[part=step]').textContent()).toBe('满 2 件：8.8 折')
  expect(await coupon(page).locator('[part=until]').textContent()).toBe('2199年4月1日 08:00 前有效')
  await close()
})

test('a guest sees what the page says to guests, and nothing is asked for them', async () => {
  const { page, asked, close } = await shop.open('/')
  expect(await page.getByText('Sign in to use your coupons.').isVisible()).toBe(true)
  expect(await page.getByText('Sign in to see your offers.').isVisible()).toBe(true)
  await expect.poll(() => page.locator('coupon-wallet form').isVisible()).toBe(false)
  expect(asked).toEqual([])
  await close()
})

test('a code that nobody has is refused in words; one that may be claimed is in the wallet, by keyboard alone', async () => {
  const { page, heard, close } = await shop.open('/', { shopper: await shop.regular('cai') })
  await page.getByText('No coupons yet.').waitFor()
  await page.getByLabel('Coupon code').focus()
  await page.keyboard.type('nonsense')
  await page.keyboard.press('Enter')
  await expect.poll(() => said(page)).toBe('There is no such code.')
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('old-friends')
  await page.keyboard.press('Enter')
  await coupon(page).waitFor()
  expect(await said(page)).toBe('It is yours: 老友 20 元券 Twenty off for old friends')
  expect(await page.getByLabel('Coupon code').inputValue()).toBe('')
  expect(await heard('coupon-claimed')).toMatchObject([{ offerName: '老友 20 元券 Twenty off for old friends', status: 'AVAILABLE' }])
  expect(await heard('error')).toMatchObject([{ reason: 'UNKNOWN' }])
  await close()
})

test('an offer that may be claimed is claimed where it stands, once, and who pressed the button stays there', async () => {
  const { page, asked, close } = await shop.open('/', { shopper: await shop.regular('dan') })
  const claim = page.getByRole('button', { name: 'Claim: 老友 20 元券 Twenty off for old friends' })
  await claim.waitFor()
  // Twice in one breath, as a nervous finger does.
  await claim.evaluate((button: HTMLButtonElement) => {
    button.focus()
    button.click()
    button.click()
  })
  await claim.waitFor({ state: 'detached' })
  await coupon(page).waitFor()
  expect(await said(page, 'vip-offers')).toBe('It is yours: 老友 20 元券 Twenty off for old friends')
  expect(await page.evaluate(() => document.querySelector('vip-offers')?.shadowRoot?.activeElement?.getAttribute('part'))).toBe('strip')
  expect(asked.filter((operation) => operation === 'claimCoupon')).toHaveLength(1)
  expect(await page.locator('coupon-wallet [part~=coupon]').count()).toBe(1)
  await close()
})

test('a coupon that no page takes is copied for the shopper; one that the page took is not', async () => {
  const permissions = ['clipboard-read', 'clipboard-write']
  for (const [path, copied] of [
    ['/', true],
    ['/prevented', false],
  ] as const) {
    const { page, heard, close } = await shop.open(path, { shopper: 'mei', permissions })
    await page.getByRole('button', { name: /^Use: / }).click()
    await expect.poll(() => heard('apply-coupon')).toHaveLength(1)
    const code = await coupon(page).locator('[part=code]').textContent()
    expect(await heard('apply-coupon')).toMatchObject([{ code }])
    await expect.poll(() => said(page)).toBe(copied ? `Copied: ${code}` : '')
    if (copied) expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(code)
    await close()
  }
})
