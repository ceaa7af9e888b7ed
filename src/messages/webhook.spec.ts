import { describe, expect, test } from 'vitest'
import type { MessageContent } from './message.model.ts'
import { contentFault, endsIt, holdsLink, isOpenAt, opensInMinutes, outcomeOf, readWebhook } from './webhook.rules.ts'

const settingsOf = (given: Record<string, unknown>, channel: 'SMS' | 'PUSH' = 'SMS') => {
  const read = readWebhook(
    { url: 'https://sms.example/send', templates: [{ id: 'T1', parameters: [{ name: 'code', longest: 8 }] }], ...given },
    channel,
  )
  if (!read.ok) throw new Error(read.problem.message)
  return read.value
}
const content = (given: Partial<MessageContent>): MessageContent => ({
  subject: null,
  html: null,
  text: null,
  providerTemplateId: 'T1',
  parameters: { code: 'SPRING' },
  unsubscribeUrl: null,
  recipientName: null,
  ...given,
})

describe('an SMS', () => {
  const settings = settingsOf({})
  test('is an approved text with its parameters', () => expect(contentFault(settings, 'SMS', content({}))).toBeNull())
  test.each([
    ['text of its own', content({ providerTemplateId: null, text: 'Hello', parameters: {} }), 'no text of its own'],
    ['text beside the approved one', content({ text: 'Hello' }), 'no text of its own'],
    ['text that nobody approved', content({ providerTemplateId: 'T2' }), 'has approved no text "T2"'],
    ['parameter too many', content({ parameters: { code: 'A', name: 'Mei' } }), 'no parameter "name"'],
    ['parameter too few', content({ parameters: {} }), 'is empty'],
    ['parameter too long', content({ parameters: { code: '九个汉字太长了不行' } }), 'more than 8'],
    ['link', content({ parameters: { code: 't.cn/a1' } }), 'holds a link'],
  ])('is refused with a %s', (_, wrong, why) => expect(contentFault(settings, 'SMS', wrong)).toContain(why))
  test('counts a pair of surrogates as one character', () =>
    expect(contentFault(settings, 'SMS', content({ parameters: { code: '🍵'.repeat(8) } }))).toBeNull())
  test('needs approved texts at all', () => {
    const read = readWebhook({ url: 'https://sms.example' }, 'SMS')
    expect(!read.ok && read.problem.message).toContain('approved')
  })
})

test.each(['https://a.example', 'www.tea.example', 't.cn/x', '看t.cn查看', 'shop.com', '茶铺.com', 'a.tea/', 'ｔ．ｃｎ'])(
  '"%s" holds a link',
  (text) => expect(holdsLink(text)).toBe(true),
)
test.each(['SPRING-7K2M', 'Mei Chen', '3.5', '¥99.00', '2026.11.22', 'Dr. Wang', '茶。好', 'a.b', 'community'])('"%s" does not', (text) =>
  expect(holdsLink(text)).toBe(false),
)

test('a push may be a text of our own, unless the provider takes only its own', () => {
  const free = content({ providerTemplateId: null, text: 'Hello', parameters: {} })
  expect(contentFault(settingsOf({ templates: [] }, 'PUSH'), 'PUSH', free)).toBeNull()
  expect(contentFault(settingsOf({}, 'PUSH'), 'PUSH', free)).toContain('its own texts only')
})

test.each([
  [200, '{"status":"accepted","providerMessageId":"p-1"}', { kind: 'ACCEPTED', providerMessageId: 'p-1' }],
  [202, '', { kind: 'ACCEPTED' }],
  [200, '{"status":"awaiting_staff"}', { kind: 'AWAITING_STAFF' }],
  [200, '{"status":"sent","costMinor":5}', { kind: 'SENT', costMinor: 5 }],
  [200, '{"status":"failed","reason":"blocked"}', { kind: 'FAILED', reason: 'blocked' }],
  [200, '{"status":"failed","permanent":false,"reason":"busy"}', { kind: 'AGAIN', reason: 'busy' }],
  [200, '{"status":"failed","badAddress":true,"reason":"no such number"}', { kind: 'BOUNCED', reason: 'no such number' }],
  [422, '{"reason":"unknown template"}', { kind: 'FAILED', reason: 'unknown template' }],
  [200, '{"status":"sent","costMinor":-5,"providerMessageId":7}', { kind: 'SENT' }],
  [200, '{"status":"failed","reason":"a\\r\\nb\\u0000c"}', { kind: 'FAILED', reason: 'a b c' }],
] as const)('%i %s means so', (status, body, outcome) => expect(outcomeOf(status, body)).toEqual(outcome))

test.each([
  [200, '<html>', 'AGAIN'],
  [200, '[]', 'AGAIN'],
  [200, '{"status":"done"}', 'AGAIN'],
  [200, '{}', 'AGAIN'],
  [500, '', 'AGAIN'],
  [502, '{"status":"sent"}', 'AGAIN'],
  [503, '', 'UNREACHABLE'],
  [429, '', 'UNREACHABLE'],
  [401, '', 'UNREACHABLE'],
  [404, '', 'UNREACHABLE'],
  [301, '{"status":"sent"}', 'UNREACHABLE'],
  [400, 'x', 'FAILED'],
])('%i %s is %s', (status, body, kind) => expect(outcomeOf(status, body).kind).toBe(kind))

test.each([
  ['T', true],
  ['退订', true],
  [' td. ', true],
  ['ＴＤ', true],
  ['Stop!', true],
  ['“退订”', true],
  ['Thanks', false],
  ['please do not stop', false],
  ['', false],
])('"%s" ends it: %s', (reply, ends) => expect(endsIt(reply, settingsOf({}).optOutWords)).toBe(ends))

test('hours may go over midnight', () => {
  const day = settingsOf({ hours: { from: '08:00', until: '21:30' } })
  expect([479, 480, 1_289, 1_290].map((minute) => isOpenAt(day, minute))).toEqual([false, true, true, false])
  const night = settingsOf({ hours: { from: '20:00', until: '02:00' } })
  expect([1_199, 1_200, 0, 119, 120].map((minute) => isOpenAt(night, minute))).toEqual([false, true, true, true, false])
  expect(opensInMinutes(day, 1_290)).toBe(630)
})

test.each([
  [{ url: 7 }, 'url'],
  [{ signature: 'a\nb' }, 'signature'],
  [{ hours: { from: '24:00', until: '01:00' } }, 'hours'],
  [{ hours: { from: '08:00', until: '08:00' } }, 'hours'],
  [{ timeoutSeconds: 0 }, 'timeoutSeconds'],
  [{ optOutWords: [''] }, 'optOutWords'],
  [{ templates: [{ id: 'T1', parameters: [{ name: 'a b' }] }] }, 'T1'],
  [{ templates: [{ id: 'T1' }, { id: 'T1' }] }, 'twice'],
  [{ password: 'x' }, 'password'],
])('%o is refused', (wrong, why) => {
  const read = readWebhook({ url: 'https://sms.example', templates: [{ id: 'T1' }], ...wrong }, 'SMS')
  expect(!read.ok && read.problem.message).toContain(why)
})
