/** What the example looks like, for the README and for whoever changes a style: `npm run screenshots -w @regulars/web`. */
import path from 'node:path'
import { startEngine } from '../../engine.ts'
import { launchChromium } from '../test/chromium.ts'
import { fillShop } from './rules.ts'
import { startShop } from './server.ts'

const folder = process.argv[2] ?? path.join(import.meta.dirname, '../screenshots')
const engine = await startEngine()
const { linkToken } = await fillShop(engine)
const shop = await startShop({ ...engine, linkToken })
const browser = await launchChromium()

for (const lang of ['en', 'zh'])
  for (const [size, width] of Object.entries({ desktop: 1280, phone: 390 })) {
    const page = await (await browser.newContext({ viewport: { width, height: 900 }, timezoneId: 'Asia/Shanghai' })).newPage()
    await page.goto(`${shop.url}/sign-in?as=mei&lang=${lang}`)
    await page.goto(`${shop.url}/?lang=${lang}&privateLink=${linkToken}`)
    for (const sku of ['TIEGUANYIN', 'TIEGUANYIN', 'GAIWAN']) await page.locator(`[data-add=${sku}]`).click()
    await page.locator('cart-steps li').first().waitFor()
    await page.locator('vip-offers [part=offer]').first().waitFor()
    await page.evaluate(() => scrollTo(0, 0))
    await page.screenshot({ path: path.join(folder, `${lang}-${size}.png`), fullPage: true })
  }
await browser.close()
await shop.close()
await engine.close()
