import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isPersonal, readTracked, shopOfTracked, trackLinks, trackOpen, writeTracked } from './tracking.rules.ts'

const SECRET = randomBytes(32)
const LINK = { messageId: '0198a000-0000-7000-8000-000000000001', link: 3, url: 'https://shop.example/茶?a=1&b=2' }

describe('a token', () => {
  const token = writeTracked('main', LINK, SECRET)
  test('says where its link leads', () => {
    expect(readTracked(token, SECRET)).toEqual(LINK)
    expect(shopOfTracked(token)).toBe('main')
  })
  test('is good for no other shop, secret or address', () => {
    const [, body, mac] = token.split('.')
    expect(readTracked(`other.${body}.${mac}`, SECRET)).toBeNull()
    expect(readTracked(token, randomBytes(32))).toBeNull()
    const elsewhere = Buffer.from(body ?? '', 'base64url')
    elsewhere.write('evil', 25)
    expect(readTracked(`main.${elsewhere.toString('base64url')}.${mac}`, SECRET)).toBeNull()
    for (const wrong of [
      '',
      'main',
      `main.${body}`,
      `main.${body}.`,
      `${token}=`,
      `${token}.x`,
      token.slice(0, -1),
      `main.${body}.${'A'.repeat(22)}`,
    ])
      expect(readTracked(wrong, SECRET)).toBeNull()
  })
  test('is not good with any one character another', () =>
    fc.assert(
      fc.property(fc.nat(token.length - 1), fc.constantFrom(...'Aa0-_.'), (at, sign) => {
        const other = token.slice(0, at) + sign + token.slice(at + 1)
        if (other !== token) expect(readTracked(other, SECRET)).toBeNull()
      }),
    ))
})

describe('a mail whose links are followed', () => {
  const tracked = (html: string, stays: readonly string[] = []) =>
    trackLinks(html, stays, (link, url) => `https://r.example/m/c/${link}?${encodeURIComponent(url)}`)
  test('leads by way of us, link by link', () => {
    expect(tracked(`<A class=x HREF="https://a.example/?a=1&amp;b=2">A</A> <a href='http://b.example'>B</a>`)).toBe(
      '<A class=x HREF="https://r.example/m/c/1?https%3A%2F%2Fa.example%2F%3Fa%3D1%26b%3D2">A</A> <a href="https://r.example/m/c/2?http%3A%2F%2Fb.example">B</a>',
    )
  })
  test.each([
    '<a href="mailto:a@shop.example">x</a>',
    '<a href="#top">x</a>',
    '<a href="/relative">x</a>',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="https://user:pass@shop.example/">x</a>',
    '<img src="https://shop.example/x.png">',
    '<abbr href="https://shop.example/">x</abbr>',
    '<a name="x">x</a>',
  ])('%s stays as it is', (html) => expect(tracked(html)).toBe(html))
  test('unsubscribes as before', () => {
    const html = '<a href="https://r.example/m/u/main.a.b">x</a>'
    expect(tracked(html, ['https://r.example/m/u/main.a.b'])).toBe(html)
  })
  test('asks for its picture at the end', () => {
    expect(trackOpen('<body><p>x</p></body></html>', 'https://r.example/m/o/t')).toBe(
      '<body><p>x</p><img src="https://r.example/m/o/t" width="1" height="1" alt=""></body></html>',
    )
  })
})

test.each([
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15', undefined, true],
  ['Mozilla/5.0 (compatible; Googlebot/2.1)', undefined, false],
  ['curl/8.0', undefined, false],
  ['', undefined, false],
  [undefined, undefined, false],
  ['Mozilla/5.0', 'prefetch;prerender', false],
] as const)('"%s" with purpose %s is a person: %s', (userAgent, purpose, is) =>
  expect(isPersonal({ userAgent, purposes: [purpose] })).toBe(is),
)
