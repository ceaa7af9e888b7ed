import { describe, expect, test } from 'vitest'
import type { PreferencePage } from './preference.model.ts'
import { closedPage, languageOf, PAGE_HEADERS, preferencePage, readWish, wordingOf } from './preference.rules.ts'

const PAGE: PreferencePage = {
  shopName: 'Tea House',
  language: 'en',
  channel: 'EMAIL',
  channels: [
    { channel: 'EMAIL', wanted: true },
    { channel: 'SMS', wanted: false },
  ],
  personal: true,
  done: null,
}
const FORM = 'application/x-www-form-urlencoded'

describe('the page', () => {
  test('says whose it is and what stands, in English and in Chinese', () => {
    const en = preferencePage(PAGE)
    expect(en).toContain('<html lang="en">')
    expect(en).toContain('<h1>Your messages from Tea House</h1>')
    expect(en).toContain('value="EMAIL" checked>Email')
    expect(en).toContain('value="SMS">Text messages')
    const zh = preferencePage({ ...PAGE, language: 'zh', done: 'CHANNEL' })
    expect(zh).toContain('<html lang="zh-CN">')
    expect(zh).toContain('role="status">已退订：电子邮件')
  })
  test('is text whatever the shop is called', () => {
    const html = preferencePage({ ...PAGE, shopName: '<script>alert(1)</script>"\' & {channel} $& {shop}' })
    expect(html).not.toContain('<script')
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39; &amp;')
    expect(html).toContain('$&amp;')
  })
  test('runs nothing and fetches nothing, and may not', () => {
    for (const html of [preferencePage(PAGE), closedPage('closed'), closedPage('wait')]) {
      expect(html).not.toMatch(/<script|<img|<link|<iframe|\son\w+=|javascript:|https?:/i)
      expect(html.match(/<style>/g)).toHaveLength(1)
    }
    expect(PAGE_HEADERS['content-security-policy']).toContain("default-src 'none'")
    expect(PAGE_HEADERS['content-security-policy']).not.toContain('unsafe')
  })
  test('names every box and button, and has one heading of the first level', () => {
    const html = preferencePage(PAGE)
    expect(html.match(/<h1>/g)).toHaveLength(1)
    expect(html.match(/<input type="checkbox"/g)).toHaveLength(html.match(/<label><input/g)?.length ?? 0)
    expect(html).toMatch(/<fieldset><legend>\S/)
    for (const [, text] of html.matchAll(/<button[^>]*>([^<]*)</g)) expect(text?.trim()).not.toBe('')
  })
})

describe('what is asked for', () => {
  test('by a mailbox at one click, in either form of RFC 8058', () => {
    const one = { wish: { kind: 'CHANNEL' }, oneClick: true }
    expect(readWish(FORM, 'List-Unsubscribe=One-Click')).toMatchObject(one)
    const multipart = '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'
    expect(readWish('multipart/form-data; boundary=x', multipart)).toMatchObject(one)
  })
  test('by a person with the forms', () => {
    expect(readWish(FORM, 'action=channel&lang=zh')).toEqual({ wish: { kind: 'CHANNEL' }, oneClick: false, language: 'zh' })
    expect(readWish(FORM, 'action=all')?.wish).toEqual({ kind: 'ALL' })
    expect(readWish(FORM, 'action=save&channel=SMS&channel=EMAIL&channel=FAX&personal=yes')?.wish).toEqual({
      kind: 'SAVE',
      channels: ['EMAIL', 'SMS'],
      personal: true,
    })
    expect(readWish(FORM, 'action=save')?.wish).toEqual({ kind: 'SAVE', channels: [], personal: false })
  })
  test.each([
    [FORM, ''],
    [FORM, 'action=drop'],
    [FORM, '__proto__=1'],
    ['application/json', '{"List-Unsubscribe":"One-Click"}'],
    ['multipart/form-data; boundary=x', '--x\r\n\r\naction=all'],
    ['', 'action=all'],
  ])('nothing by %s "%s"', (type, body) => expect(readWish(type, body)).toBeNull())
})

test('the proof says what was seen', () => {
  expect(wordingOf({ kind: 'CHANNEL' }, 'EMAIL', 'en')).toBe('Unsubscribe: Email')
  expect(wordingOf({ kind: 'ALL' }, 'EMAIL', 'zh')).toBe('全部退订')
  expect(wordingOf({ kind: 'SAVE', channels: ['SMS'], personal: false }, 'EMAIL', 'en')).toBe(
    'Marketing may reach me by: Text messages; ☐ Offers chosen for me personally',
  )
})

test('the language is what was chosen, else the customer, else the browser says', () => {
  expect(languageOf('zh', 'en')).toBe('zh')
  expect(languageOf(null, 'zh-CN', 'en')).toBe('zh')
  expect(languageOf(undefined, null, 'zh-TW,zh;q=0.9')).toBe('zh')
  expect(languageOf('<x>', 'fr', 'de')).toBe('en')
})
