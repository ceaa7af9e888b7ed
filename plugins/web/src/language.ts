import { majorMoney, money } from './money.ts'
import type { Settings } from './settings.ts'
import { en, type Words, zh } from './words.ts'

/** How an element speaks: its words, and amounts and dates as its language writes them. */
export type Voice = Words & {
  readonly locale: string
  readonly price: (minor: number) => string
  readonly amount: (minor: number) => string
  readonly major: (major: number) => string
  readonly date: (iso: string) => string
  readonly product: (sku: string) => string
}

/** What the element's own or the nearest `lang` above it says, through shadow roots; else what the settings say. */
export function languageOf(element: Element, settings: Settings): string {
  for (let at: Element | null = element; at; at = hostOf(at)) {
    const near = at.closest('[lang]')
    if (near) return near.getAttribute('lang') || settings.lang || 'en'
  }
  return settings.lang || 'en'
}

const hostOf = (element: Element): Element | null => {
  const root = element.getRootNode()
  return root instanceof ShadowRoot ? root.host : null
}

/** Chinese in all its forms and English have words; whatever else is asked for is spoken to in English. */
export function voiceOf(language: string, currency: string, settings: Settings): Voice {
  const chinese = /^zh\b/i.test(language)
  const locale = chinese || /^en\b/i.test(language) ? known(language, chinese) : 'en'
  const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
  return {
    ...(chinese ? zh : en),
    ...settings.words?.[chinese ? 'zh' : 'en'],
    locale,
    price: (minor) => money(minor, currency, locale),
    amount: (minor) => money(minor, currency, locale, 'sentence'),
    major: (major) => majorMoney(major, currency, locale),
    date: (iso) => dates.format(new Date(iso)),
    product: (sku) => settings.productName?.(sku, locale) ?? sku,
  }
}

/** A `lang` that Intl cannot read is no reason to show nothing. */
function known(language: string, chinese: boolean): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? 'en'
  } catch {
    return chinese ? 'zh' : 'en'
  }
}
