import type { Browser, BrowserContextOptions, Page, Request } from 'playwright-core'

type Heard = { readonly type: string; readonly detail: unknown }
type Seen = { readonly moved: string[]; readonly events: Heard[] }
declare const seen: Seen

export type Visit = {
  readonly page: Page
  /** The operations that the engine was asked for, one entry a request. */
  readonly asked: readonly string[]
  /** Errors that nobody caught. */
  readonly faults: readonly string[]
  /** What moved of what was painted already, by the browser's own layout-shift entries. */
  readonly moved: () => Promise<readonly string[]>
  readonly heard: (type: string) => Promise<readonly unknown[]>
  /** Lets the held script through, and the held answers. */
  readonly letScript: () => void
  readonly letAnswers: () => void
  readonly painted: () => Promise<unknown>
  readonly close: () => Promise<void>
}

export type Visiting = BrowserContextOptions & {
  /** The external id of who is signed in. */
  readonly shopper?: string
  /** The page is painted before the components' script comes, and again before the engine's answers do. */
  readonly held?: boolean
}

/** Somebody opens a page of the shop. */
export async function visit(browser: Browser, address: string, { shopper, held = false, ...options }: Visiting = {}): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1200, height: 800 }, timezoneId: 'Asia/Shanghai', ...options })
  if (shopper !== undefined) await context.addCookies([{ name: 'shopper', value: shopper, url: address }])
  const page = await context.newPage()
  const asked: string[] = []
  const faults: string[] = []
  page.on('request', (request) => {
    if (isAsking(request)) asked.push(operationOf(request))
  })
  page.on('pageerror', (error) => faults.push(error.message))
  const script = gate(held)
  const answers = gate(held)
  await page.route('**/regulars.min.js', async (route) => {
    await script.opened
    await route.continue()
  })
  await page.route('**/graphql', async (route) => {
    await answers.opened
    await route.continue()
  })
  await page.addInitScript(watch)
  await page.goto(address, { waitUntil: held ? 'commit' : 'load' })
  const painted = () => page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(0)))))
  return {
    page,
    asked,
    faults,
    painted,
    letScript: script.open,
    letAnswers: answers.open,
    moved: async () => {
      await painted()
      return page.evaluate(() => seen.moved)
    },
    heard: (type) => page.evaluate((wanted) => seen.events.filter((event) => event.type === wanted).map(({ detail }) => detail), type),
    close: () => context.close(),
  }
}

/** In the page, before anything else. */
function watch(): void {
  const all: Seen = { moved: [], events: [] }
  Object.assign(window, { seen: all })
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & {
      value: number
      sources: { node: Element; previousRect: DOMRect; currentRect: DOMRect }[]
    })[]) {
      const what = entry.sources.map(
        ({ node, previousRect, currentRect }) => `${node?.nodeName} from ${previousRect.y} to ${currentRect.y}`,
      )
      if (entry.value > 0) all.moved.push(`${entry.value}: ${what.join(', ')}`)
    }
  }).observe({ type: 'layout-shift', buffered: true })
  for (const name of ['price', 'error', 'quote', 'coupon-claimed', 'apply-coupon', 'private-link', 'take-link'])
    addEventListener(`regulars-${name}`, (event) => {
      // An error does not survive the way out of the browser.
      const { detail } = event as CustomEvent
      all.events.push({ type: name, detail: detail instanceof Error ? { ...detail, message: detail.message } : detail })
    })
}

const isAsking = (request: Request): boolean => request.method() === 'POST' && request.url().endsWith('/graphql')
const operationOf = (request: Request): string => /^\w+ (\w+)/.exec(request.postDataJSON().query)?.[1] ?? ''

function gate(closed: boolean): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = () => {}
  const opened = closed
    ? new Promise<void>((resolve) => {
        open = resolve
      })
    : Promise.resolve()
  return { opened, open }
}
