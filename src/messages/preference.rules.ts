import { hash } from 'node:crypto'
import type { MessageChannel } from './message.model.ts'
import type { PageLanguage, PreferencePage, Wish } from './preference.model.ts'

// The page on which customers say what they want to hear. It is plain HTML with forms: nothing runs in it, and it works in any browser.

const CHANNELS: Readonly<Record<MessageChannel, readonly [en: string, zh: string]>> = {
  EMAIL: ['Email', '电子邮件'],
  SMS: ['Text messages', '短信'],
  PUSH: ['App notifications', '应用推送'],
  WECHAT: ['WeChat', '微信'],
  WECOM: ['WeCom', '企业微信'],
  PHONE: ['Phone calls', '电话'],
  POST: ['Letters', '邮寄信件'],
  PARCEL: ['Cards in parcels', '包裹卡片'],
}
const NAMES = Object.keys(CHANNELS) as MessageChannel[]

const WORDS = {
  title: ['Your messages from {shop}', '{shop}的消息设置'],
  lead: ['Say what you want to hear from {shop}. A change holds at once.', '选择您希望从{shop}收到的消息，更改立即生效。'],
  oneHead: ['No more messages by this way', '不再接收此类消息'],
  one: ['Unsubscribe: {channel}', '退订：{channel}'],
  someHead: ['Choose', '自选'],
  ways: ['Marketing may reach me by', '可以通过以下方式向我推送营销信息'],
  personal: ['Offers chosen for me personally', '为我个性化推荐的优惠'],
  save: ['Save my choices', '保存设置'],
  allHead: ['No more messages at all', '不再接收任何消息'],
  all: ['Unsubscribe from everything', '全部退订'],
  allNote: ['Messages about an order that you placed are not affected.', '与您订单有关的通知不受影响。'],
  doneCHANNEL: ['Done. {shop} will not write to you this way any more: {channel}.', '已退订：{channel}。{shop}不会再以此方式联系您。'],
  doneALL: ['Done. {shop} will not write to you any more.', '已全部退订。{shop}不会再联系您。'],
  doneSAVED: ['Your choices are saved.', '您的设置已保存。'],
  closed: [
    'This address is not right. Please use the link in your message again, or ask the shop.',
    '链接无效。请重新点击消息中的链接，或联系商家。',
  ],
  closedTitle: ['Unknown address', '链接无效'],
  wait: ['Too many attempts. Please try again in a while.', '尝试次数过多，请稍后再试。'],
} as const

const say = (language: PageLanguage, key: keyof typeof WORDS, fill: { shop?: string; channel?: MessageChannel } = {}): string =>
  WORDS[key][language === 'en' ? 0 : 1]
    .replaceAll('{channel}', () => (fill.channel === undefined ? '' : CHANNELS[fill.channel][language === 'en' ? 0 : 1]))
    .replaceAll('{shop}', () => fill.shop ?? '')

/** The words that somebody saw when they asked for something: kept as the proof of what they said. */
export function wordingOf(wish: Wish, channel: MessageChannel, language: PageLanguage): string {
  if (wish.kind === 'CHANNEL') return say(language, 'one', { channel })
  if (wish.kind === 'ALL') return say(language, 'all')
  const ways = wish.channels.map((one) => CHANNELS[one][language === 'en' ? 0 : 1]).join(', ') || '-'
  const sign = wish.personal ? '☑' : '☐'
  return `${say(language, 'ways')}: ${ways}; ${sign} ${say(language, 'personal')}`
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
export const escapeHtml = (text: string): string => text.toWellFormed().replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign)

const STYLE = `
:root { color-scheme: light dark; font: 1.06rem/1.6 system-ui, sans-serif }
body { max-width: 34rem; margin: 6vh auto; padding: 0 1rem }
h1 { font-size: 1.5rem; line-height: 1.3 } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem }
fieldset { border: 0; margin: 0; padding: 0 } label { display: block; padding: .3rem 0 }
input { width: 1.2rem; height: 1.2rem; vertical-align: -.2rem; margin-inline-end: .5rem }
button { font: inherit; padding: .6rem 1.2rem; border: 2px solid; border-radius: .5rem; background: none; color: inherit; cursor: pointer; margin-top: .5rem }
:focus-visible { outline: 3px solid Highlight; outline-offset: 2px }
[role=status] { border: 2px solid; border-radius: .5rem; padding: .8rem 1rem }
`
const STYLE_HASH = hash('sha256', STYLE, 'base64')

/** For every answer at these addresses: nothing runs, nothing is fetched, nobody frames it, nothing is kept or told. */
export const PAGE_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex, nofollow',
} as const

const document = (language: PageLanguage, title: string, body: string): string => `<!doctype html>
<html lang="${language === 'en' ? 'en' : 'zh-CN'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${body}
</main>
</body>
</html>
`

/** The page. Its forms go to the address that it has; nobody is unsubscribed by looking at it. */
export function preferencePage({ shopName, language, channel, channels, personal, done }: PreferencePage): string {
  const fill = { shop: shopName, channel }
  const words = (key: keyof typeof WORDS): string => escapeHtml(say(language, key, fill))
  const box = (name: string, value: string, checked: boolean, label: string) =>
    `<label><input type="checkbox" name="${name}" value="${value}"${checked ? ' checked' : ''}>${escapeHtml(label)}</label>`
  const other = language === 'en' ? (['zh', 'zh-CN', '中文'] as const) : (['en', 'en', 'English'] as const)
  const ways = channels.map((one) => box('channel', one.channel, one.wanted, CHANNELS[one.channel][language === 'en' ? 0 : 1]))
  const keep = `<input type="hidden" name="lang" value="${language}">`
  return document(
    language,
    say(language, 'title', fill),
    `${done === null ? `<p>${words('lead')}</p>` : `<p role="status">${words(`done${done}`)}</p>`}
<p><a href="?lang=${other[0]}" lang="${other[1]}" hreflang="${other[1]}">${other[2]}</a></p>
<h2>${words('oneHead')}</h2>
<form method="post">${keep}<button name="action" value="channel">${words('one')}</button></form>
<h2>${words('someHead')}</h2>
<form method="post">${keep}
<fieldset><legend>${words('ways')}</legend>
${ways.join('\n')}
</fieldset>
${box('personal', 'yes', personal, say(language, 'personal'))}
<button name="action" value="save">${words('save')}</button>
</form>
<h2>${words('allHead')}</h2>
<form method="post">${keep}<button name="action" value="all">${words('all')}</button></form>
<p>${words('allNote')}</p>`,
  )
}

/** For an address that no message had, and for who tries too many: in both languages, since nobody is known. */
export const closedPage = (why: 'closed' | 'wait'): string =>
  document(
    'zh',
    `${say('zh', 'closedTitle')} / ${say('en', 'closedTitle')}`,
    `<p>${say('zh', why)}</p>\n<p lang="en">${say('en', why)}</p>`,
  )

/** The language of the page: what its reader chose, else that of the customer, else of the browser. */
export function languageOf(...wanted: readonly (string | null | undefined)[]): PageLanguage {
  for (const one of wanted) {
    const found = /^(zh|en)(?:$|[-_,;])/i.exec(one?.trim() ?? '')?.[1]?.toLowerCase()
    if (found === 'zh' || found === 'en') return found
  }
  return 'en'
}

/**
 * What a form or a mailbox asks for; null: nothing that there is. RFC 8058: a mailbox posts List-Unsubscribe=One-Click, as a form of either
 * kind, and nothing else is needed.
 */
export function readWish(
  contentType: string,
  body: string,
): { readonly wish: Wish; readonly oneClick: boolean; readonly language: string | null } | null {
  if (/^multipart\/form-data\b/i.test(contentType))
    return /name="?List-Unsubscribe"?[^\S\r\n]*\r?\n(?:[^\r\n]+\r?\n)*\r?\nOne-Click\b/i.test(body)
      ? { wish: { kind: 'CHANNEL' }, oneClick: true, language: null }
      : null
  if (!/^application\/x-www-form-urlencoded\b/i.test(contentType)) return null
  const form = new URLSearchParams(body)
  const language = form.get('lang')
  if (form.get('List-Unsubscribe')?.toLowerCase() === 'one-click') return { wish: { kind: 'CHANNEL' }, oneClick: true, language }
  const action = form.get('action')
  if (action === 'channel') return { wish: { kind: 'CHANNEL' }, oneClick: false, language }
  if (action === 'all') return { wish: { kind: 'ALL' }, oneClick: false, language }
  if (action !== 'save') return null
  const ticked = form.getAll('channel')
  const channels = NAMES.filter((channel) => ticked.includes(channel))
  return { wish: { kind: 'SAVE', channels, personal: form.get('personal') === 'yes' }, oneClick: false, language }
}
