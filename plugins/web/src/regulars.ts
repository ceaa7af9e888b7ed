import { Page } from './page.ts'
import type { Settings } from './settings.ts'

/** An element that shows what Regulars says. */
type Shown = { update(): void; speak(): void }

const shown = new Set<Shown>()
let page: Page | undefined
let speaking: MutationObserver | undefined

/** Says where Regulars is and who the shopper is. Elements wait for it; said again, all of them ask anew. */
export function configure(settings: Settings): void {
  page = new Page(settings)
  for (const one of shown) one.update()
}

/** For a page on which somebody signed in or out, or ordered: all is asked anew, and what is shown stays until the answer. */
export function refresh(): void {
  if (page) configure(page.settings)
}

export const currentPage = (): Page | undefined => page

/** A coupon more changes what the shopper may have, and no price of a single product. */
export function refreshShopper(): void {
  page?.forgetShopper()
  for (const one of shown) one.update()
}

export function join(one: Shown): void {
  if (shown.size === 0) {
    document.addEventListener('regulars-refresh', refresh)
    addEventListener('pageshow', shownAgain)
    speaking ??= new MutationObserver(() => {
      for (const each of shown) each.speak()
    })
    speaking.observe(document, { attributeFilter: ['lang'], subtree: true })
  }
  shown.add(one)
}

/** A browser that goes back shows a page as it was left: who signed out since must not see what was theirs. */
function shownAgain({ persisted }: PageTransitionEvent): void {
  if (persisted) refresh()
}

export function leave(one: Shown): void {
  shown.delete(one)
  if (shown.size > 0) return
  document.removeEventListener('regulars-refresh', refresh)
  removeEventListener('pageshow', shownAgain)
  speaking?.disconnect()
}
