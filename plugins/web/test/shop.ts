import { createStorefront } from '@regulars/client'
import type { Browser } from 'playwright-core'
import { launchChromium } from './chromium.ts'
import { html, issuedBy, type Site, shopElement, startSite } from './site.ts'
import { type Visit, type Visiting, visit } from './visit.ts'
import type { World } from './world.setup.ts'

export type Shop = {
  /** Opens a page with these elements in it. */
  readonly open: (path: string, visiting?: Visiting) => Promise<Visit>
  /** A customer of this name who has bought once, for who changes what is theirs. */
  readonly regular: (externalId: string) => Promise<string>
  readonly browser: Browser
  readonly close: () => Promise<void>
}

/** A browser, and a shop of pages with nothing but the elements. */
export async function openShop(world: World, pages: Readonly<Record<string, string>>, lang = 'en'): Promise<Shop> {
  const written = Object.entries(pages).map(([path, body]) => [path, html(body, { lang, shop: shopElement(world) })])
  const [browser, site]: [Browser, Site] = [await launchChromium(), await startSite(Object.fromEntries(written), issuedBy(world))]
  const regulars = createStorefront({ endpoint: world.storefront, key: world.pluginKey, timeoutMs: 60_000 })
  return {
    browser,
    open: (path, visiting) => visit(browser, `${site.url}${path}`, visiting),
    regular: async (externalId) => {
      await regulars.upsertCustomers({ customers: [{ externalId }] })
      const lines = [{ sku: 'JASMINE', quantity: 1, unitPrice: 5_800 }]
      await regulars.recordOrders({
        orders: [{ externalId: `of ${externalId}`, customer: { externalId }, placedAt: '2026-01-05T08:00:00Z', lines }],
      })
      return externalId
    },
    close: async () => {
      await browser.close()
      await site.close()
    },
  }
}
