import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addressOf, hashToken, pageOf, shopOfToken, urlOf, writeToken } from './token.rules.ts'

const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 })
const codes = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,39}$/)

test('a token names its shop, holds all its bits, and stands in an address as it is', () => {
  fc.assert(
    fc.property(codes, bytes, (code, random) => {
      const token = writeToken(code, random)
      expect(shopOfToken(token)).toBe(code)
      expect(Buffer.from(token.slice(-43), 'base64url')).toEqual(Buffer.from(random))
      expect(encodeURIComponent(token)).toBe(token)
      expect(token).toMatch(/[A-Za-z0-9]$/)
      expect(hashToken(token)).toHaveLength(32)
    }),
  )
})

test('fewer bits make no token', () => {
  expect(() => writeToken('main', new Uint8Array(16))).toThrow(RangeError)
})

test('what is no token names no shop', () => {
  const random = 'A'.repeat(43)
  for (const text of [
    '',
    'main',
    `main.${random}x`,
    `main.${random.slice(1)}`,
    `Main.${random}`,
    `.${random}`,
    `a\0b.${random}`,
    `${'a'.repeat(41)}.${random}`,
  ])
    expect(shopOfToken(text)).toBe('')
})

const token = `main.${'A'.repeat(43)}`
const led = (privateLinkUrl: string | null, privateLinkPage: string | null) => pageOf({ privateLinkUrl, privateLinkPage }, token)

test('a link leads to the page that is named, else by the template, and never back to itself', () => {
  expect(led('https://a.example/gift?t={token}', null)).toBe(`https://a.example/gift?t=${token}`)
  expect(led('https://a.example/l/{token}', null)).toBe(`/?privateLink=${token}`)
  expect(led('https://a.example/l/{token}', 'https://b.example/l/{token}')).toBe(`https://b.example/l/${token}`)
  expect(led('https://{token}.a.example/', null)).toBe(`https://${token.toLowerCase()}.a.example/`)
  expect(led(null, null)).toBe(`/?privateLink=${token}`)
})

test('what is handed out is the template, each of its places filled', () => {
  expect(addressOf('https://a.example/{token}?again={token}', token)).toBe(`https://a.example/${token}?again=${token}`)
  expect(urlOf(null, token)).toBe(`/l/${token}`)
})
