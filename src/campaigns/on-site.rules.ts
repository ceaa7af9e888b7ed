import type { Problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { isProse } from '../kernel/text.ts'
import { bad, firstOf, readEach, tooMany, wordFault } from '../pricebook/checks.model.ts'
import { blankAsNull } from '../pricebook/terms.model.ts'
import type { OnSite, Translation } from './campaign.model.ts'
import type { WantedOnSite, WantedTranslation } from './wanted.model.ts'

const LONGEST_TITLE = 200
const LONGEST_TEXT = 2_000
const LONGEST_ADDRESS = 2_000
const MOST_TRANSLATIONS = 20

/** What a campaign shows on site, or the first thing that is wrong with it; null: nothing. */
export function readOnSite(wanted: WantedOnSite | null | undefined): Result<OnSite | null, Problem> {
  if (wanted == null) return accept(null)
  const [title, text, url] = [wanted.title ?? '', blankAsNull(wanted.text), blankAsNull(wanted.url)]
  const fault = firstOf(
    wordsFault(title, text),
    url === null || isAddress(url) ? null : bad('url is an address that begins with https:// or http://, or with /.', 'url'),
  )
  if (fault !== null) return refuse(fault)
  const translations = readTranslations(wanted.translations ?? [])
  if (!translations.ok) return translations
  const plain = { title, text, url }
  return accept(translations.value.length === 0 ? plain : { ...plain, translations: translations.value })
}

function readTranslations(wanted: readonly WantedTranslation[]): Result<readonly Translation[], Problem> {
  if (wanted.length > MOST_TRANSLATIONS) return refuse(tooMany('translations', MOST_TRANSLATIONS, 'translations'))
  const seen = new Set<string>()
  return readEach(wanted, 'translations', ({ language, ...words }) => {
    const text = blankAsNull(words.text)
    const fault = firstOf(
      /^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/.test(language) && language.length <= 35
        ? null
        : bad('language is as in BCP 47, such as en or zh-CN.', 'language'),
      seen.has(language.toLowerCase()) ? bad(`"${language}" is there twice.`, 'language') : null,
      wordsFault(words.title, text),
    )
    seen.add(language.toLowerCase())
    return fault === null ? accept({ language, title: words.title, text }) : refuse(fault)
  })
}

const wordsFault = (title: string, text: string | null): Problem | null =>
  firstOf(
    wordFault(title, LONGEST_TITLE, 'title'),
    text === null || isProse(text, LONGEST_TEXT) ? null : bad('text has at most 2,000 characters that can be kept.', 'text'),
  )

const isAddress = (url: string): boolean =>
  url.length <= LONGEST_ADDRESS && /^(?:https?:\/\/[^\s/]|\/(?!\/))[^\s]*$/.test(url) && url.isWellFormed()

/**
 * The words for a reader of a language (null: not known): a translation that is that language, else one of which it is a kind (zh for
 * zh-CN), else what was written first.
 */
export function wordsFor(onSite: OnSite, language: string | null): { readonly title: string; readonly text: string | null } {
  const written = new Map((onSite.translations ?? []).map((words) => [words.language.toLowerCase(), words]))
  let name = (language ?? '').toLowerCase().replaceAll('_', '-')
  while (name !== '' && !written.has(name)) name = name.slice(0, Math.max(0, name.lastIndexOf('-')))
  const { title, text } = written.get(name) ?? onSite
  return { title, text }
}
