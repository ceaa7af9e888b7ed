import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { MessageChannel } from './message.model.ts'
import { readUnsubscribe, shopOfUnsubscribe, writeUnsubscribe } from './unsubscribe.rules.ts'

const secret = fc.uint8Array({ minLength: 32, maxLength: 32 })
const who = fc.record({
  customerId: fc.uuid(),
  messageId: fc.uuid(),
  channel: fc.constantFrom<MessageChannel>('EMAIL', 'SMS', 'PUSH', 'WECHAT', 'WECOM', 'PHONE', 'POST', 'PARCEL'),
})

test('who wrote it reads who unsubscribes, and nobody else does', () => {
  fc.assert(
    fc.property(who, secret, secret, (of, ours, theirs) => {
      const token = writeUnsubscribe('main', of, ours)
      expect(token).toMatch(/^main\.[\w-]{44}\.[\w-]{22}$/)
      expect(shopOfUnsubscribe(token)).toBe('main')
      expect(readUnsubscribe(token, ours)).toEqual(of)
      if (Buffer.compare(ours, theirs) !== 0) expect(readUnsubscribe(token, theirs)).toBeNull()
    }),
  )
})

test('a token of which anything was changed is good for nothing', () => {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.'
  fc.assert(
    fc.property(who, secret, fc.nat(), fc.constantFrom(...letters), (of, ours, at, letter) => {
      const token = writeUnsubscribe('main', of, ours)
      const i = at % token.length
      const forged = token.slice(0, i) + letter + token.slice(i + 1)
      if (forged !== token) expect(readUnsubscribe(forged, ours)).toBeNull()
    }),
  )
})

test('a token of one shop is none of another that has the same secret', () => {
  fc.assert(
    fc.property(who, secret, (of, ours) => {
      const [, ...rest] = writeUnsubscribe('main', of, ours).split('.')
      expect(readUnsubscribe(['other', ...rest].join('.'), ours)).toBeNull()
    }),
  )
})

test.each(['', 'main', 'main..', 'main.a.b', `main.${'A'.repeat(44)}.${'A'.repeat(22)}`, `MAIN.${'A'.repeat(44)}.${'A'.repeat(22)}`, '\0'])(
  '%j is none',
  (token) => {
    expect(readUnsubscribe(token, new Uint8Array(32))).toBeNull()
  },
)
