/** What the example looks like, for the README and for whoever changes a style: `npm run screenshots -w @regulars/web`. */
import path from 'node:path'
import { startEngine } from '../../engine.ts'
import { launchChromium } from '../test/chromium.ts'
import { fillShop } from './rules.ts'
import { startShop } from './server.ts'

// In a folder that is named they are larger and more, to be looked at.
const given = process.argv[2]
const folder = given ?? path.join(import.meta.dirname, '../screenshots')
const engine = await startEngine()
const { linkToken } = await fillShop(engine)
const shop = await startShop({ ...engine, linkToken })
const browser = await launchChromium()

for (const lang of ['en', 'zh'])
  for (const [size, width] of Object.entries(given ? { desktop: 1280, phone: 390 } : { desktop: 1280 })) {
    const page = await (await browser.newContext({ viewport: { width, height: 900 }, timezoneId: 'Asia/Shanghai' })).newPage()
    await page.goto(`${shop.url}/sign-in?as=mei&lang=${lang}`)
    await page.goto(`${shop.url}/?lang=${lang}&privateLink=${linkToken}`)
    for (const sku of ['TIEGUANYIN', 'TIEGUANYIN', 'GAIWAN']) await page.locator(`[data-add=${sku}]`).click()
    await page.locator('cart-steps li').first().waitFor()
    await page.locator('vip-offers [part=offer]').first().waitFor()
    await page.evaluate(() => scrollTo(0, 0))
    const file = path.join(folder, `${lang}-${size}.${given ? 'png' : 'jpg'}`)
    await page.screenshot({ path: file, fullPage: true, ...(given ? {} : { type: 'jpeg', quality: 62 }) })
  }
await browser.close()
await shop.close()
await engine.close()
