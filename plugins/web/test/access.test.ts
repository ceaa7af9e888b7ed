import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { barriers } from './axe.ts'
import { openShop, type Shop } from './shop.ts'

const world = inject('world')
const all = `<h1>Tea 茶</h1><member-price sku="LONGJING" next-tier>¥128.00</member-price><tier-progress></tier-progress><vip-offers></vip-offers>
<coupon-wallet all></coupon-wallet><private-link token="${world.linkToken}"></private-link><cart-steps cart='{"lines":[{"sku":"POT","quantity":1}]}'></cart-steps>`
const dark =
  '<style>body{background:#111;color:#eee;--regulars-accent:#ffb4a2;--regulars-on-accent:#111;--regulars-muted:#bbb;--regulars-line:#555}</style>'
const shops: Shop[] = []

beforeAll(async () => {
  for (const lang of ['en', 'zh-CN']) shops.push(await openShop(world, { '/': all, '/dark': dark + all }, lang))
})
afterAll(async () => {
  for (const shop of shops) await shop.close()
})

for (const [i, lang] of ['English', 'Chinese'].entries())
  for (const [path, page] of [
    ['/', 'a plain page'],
    ['/dark', 'a dark page with colours of its own'],
  ])
    test(`nobody meets a barrier on ${page} in ${lang}, before or after a code was refused`, async () => {
      const { page: seen, heard, close } = await (shops[i] as Shop).open(path as string, { shopper: 'mei' })
      for (const part of ['member', 'card', 'offer', 'coupon', 'take', 'step']) await seen.locator(`[part~=${part}]`).first().waitFor()
      expect(await barriers(seen)).toEqual([])
      await seen.locator('coupon-wallet input').fill('nonsense')
      await seen.locator('coupon-wallet form button').click()
      await expect.poll(() => heard('error')).toHaveLength(1)
      expect(await barriers(seen)).toEqual([])
      await close()
    })

test('everything that can be pressed is reached by the tab key, in the order in which it stands', async () => {
  const { page, close } = await (shops[0] as Shop).open('/', { shopper: 'mei' })
  await page.locator('private-link [part=take]').waitFor()
  await page.locator('coupon-wallet [part=use]').waitFor()
  await page.locator('vip-offers [part=claim]').waitFor()
  const reached: string[] = []
  for (let i = 0; i < 7; i++) {
    await page.keyboard.press('Tab')
    reached.push(
      await page.evaluate(
        () => `${document.activeElement?.localName} ${document.activeElement?.shadowRoot?.activeElement?.getAttribute('part')}`,
      ),
    )
  }
  expect(reached).toEqual([
    'vip-offers strip',
    'vip-offers claim',
    'coupon-wallet strip',
    'coupon-wallet use',
    'coupon-wallet input',
    'coupon-wallet claim',
    'private-link take',
  ])
  await close()
})
