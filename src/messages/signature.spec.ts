import { randomBytes } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import { describe, expect, test } from 'vitest'
import { instant } from '../kernel/clock.ts'
import { isSigned, secretFault } from './signature.rules.ts'

const SECRET = `whsec_${randomBytes(32).toString('base64')}`
const NOW = instant(Date.now())
const BODY = '{"events":[]}'
const headers = (more: object = {}) => {
  const timestamp = String(Math.floor(NOW / 1_000))
  return { id: 'r-1', timestamp, signature: new Webhook(SECRET).sign('r-1', new Date(NOW), BODY), ...more }
}

describe('a request', () => {
  test('that the provider signed just now is its own, also while it changes its secret', () => {
    expect(isSigned(SECRET, headers(), BODY, NOW)).toBe(true)
    expect(isSigned(SECRET, headers({ signature: `v1,AAAA ${headers().signature}` }), BODY, NOW)).toBe(true)
  })
  test('is as the library of Standard Webhooks has it', () => {
    const { id, timestamp, signature } = headers()
    const known = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature }
    expect(new Webhook(SECRET).verify(BODY, known)).toEqual({ events: [] })
  })
  test.each([
    ['another body', headers(), `${BODY} `],
    ['another id', headers({ id: 'r-2' }), BODY],
    ['another time', headers({ timestamp: String(Math.floor(NOW / 1_000) + 1) }), BODY],
    ['no signature', headers({ signature: undefined }), BODY],
    ['an empty signature', headers({ signature: '' }), BODY],
    ['a signature of another version', headers({ signature: headers().signature.replace('v1,', 'v1a,') }), BODY],
    ['no id', headers({ id: undefined }), BODY],
    ['an id of two lines', headers({ id: 'r\r\n1' }), BODY],
    ['no time', headers({ timestamp: 'NaN' }), BODY],
  ])('with %s is nobody known', (_, wrong, body) => expect(isSigned(SECRET, wrong, body, NOW)).toBe(false))
  test('that is five minutes old is not taken again', () => {
    expect(isSigned(SECRET, headers(), BODY, instant(NOW + 299_000))).toBe(true)
    expect(isSigned(SECRET, headers(), BODY, instant(NOW + 302_000))).toBe(false)
    expect(isSigned(SECRET, headers(), BODY, instant(NOW - 302_000))).toBe(false)
  })
  test('signed with another secret is not taken', () =>
    expect(isSigned(`whsec_${randomBytes(32).toString('base64')}`, headers(), BODY, NOW)).toBe(false))
})

test.each([
  '',
  'secret',
  'whsec_',
  'whsec_c2hvcnQ=',
  `whsec_${randomBytes(65).toString('base64')}`,
  `whsec_${randomBytes(32).toString('hex')}!`,
])('"%s" cannot sign', (secret) => expect(secretFault(secret)).not.toBeNull())
test('32 random bytes can', () => expect(secretFault(SECRET)).toBeNull())
