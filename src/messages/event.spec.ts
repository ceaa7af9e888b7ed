import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { instant } from '../kernel/clock.ts'
import { EVENT_KINDS } from './event.model.ts'
import { FORWARD, farthest, readEvents, standingAfter } from './event.rules.ts'
import { MESSAGE_STATUSES } from './message.model.ts'

const NOW = instant(Date.UTC(2026, 10, 22))
const event = (more: object = {}) => ({
  id: 'e1',
  type: 'message.delivered',
  at: '2026-11-21T00:00:00Z',
  messageId: '0198a000-0000-7000-8000-000000000001',
  ...more,
})

test('every status has its place on the way forward', () => expect([...FORWARD].sort()).toEqual([...MESSAGE_STATUSES].sort()))

describe('where a message stands', () => {
  const kinds = fc.array(fc.constantFrom(...EVENT_KINDS), { minLength: 1, maxLength: 12 })
  const status = fc.constantFrom(...MESSAGE_STATUSES)
  const standing = (from: (typeof MESSAGE_STATUSES)[number], events: readonly (typeof EVENT_KINDS)[number][]) =>
    events.reduce(standingAfter, from)

  test('is the same in whatever order events come, and however often', () =>
    fc.assert(
      fc.property(status, kinds, fc.infiniteStream(fc.nat()), (from, events, numbers) => {
        const shuffled = [...events, ...events]
          .map((kind) => ({ kind, place: numbers.next().value as number }))
          .sort((a, b) => a.place - b.place)
          .map(({ kind }) => kind)
        expect(standing(from, shuffled)).toBe(standing(from, events))
      }),
    ))
  test('never goes back', () =>
    fc.assert(
      fc.property(status, kinds, (from, events) => {
        let at = from
        for (const kind of events) {
          const next = standingAfter(at, kind)
          expect(FORWARD.indexOf(next)).toBeGreaterThanOrEqual(FORWARD.indexOf(at))
          at = next
        }
      }),
    ))
  test('is as far as the farthest of the events says', () =>
    fc.assert(
      fc.property(kinds, (events) => {
        expect(standing('QUEUED', events)).toBe(farthest(events))
      }),
    ))
  test.each([
    ['SENT', 'DELIVERED', 'DELIVERED'],
    ['DELIVERED', 'SENT', 'DELIVERED'],
    ['DELIVERED', 'FAILED', 'DELIVERED'],
    ['FAILED', 'DELIVERED', 'DELIVERED'],
    ['DELIVERED', 'BOUNCED', 'BOUNCED'],
    ['BOUNCED', 'OPENED', 'BOUNCED'],
    ['DOUBTFUL', 'DELIVERED', 'DELIVERED'],
    ['QUEUED', 'SENT', 'SENT'],
    ['AWAITING_STAFF', 'SENT', 'SENT'],
  ] as const)('%s and then %s is %s', (from, kind, to) => expect(standingAfter(from, kind)).toBe(to))
})

test('an event is read with what it says', () => {
  expect(readEvents({ events: [event()] }, NOW)).toMatchObject({
    ok: true,
    value: [{ id: 'e1', kind: 'DELIVERED', at: Date.UTC(2026, 10, 21) }],
  })
  const replied = event({ type: 'message.replied', messageId: undefined, from: '13800138000', text: 'T\r\nD\0' })
  expect(readEvents({ events: [replied] }, NOW)).toMatchObject({ ok: true, value: [{ from: '13800138000', detail: 'T \nD' }] })
  const ahead = event({ at: '2030-01-01T00:00:00+08:00' })
  expect(readEvents({ events: [ahead] }, NOW)).toMatchObject({ ok: true, value: [{ at: NOW }] })
})

test.each([
  [null],
  [[]],
  [{}],
  [{ events: [] }],
  [{ events: Array.from({ length: 501 }, () => event()) }],
  [{ events: [7] }],
  [{ events: [event({ id: '' })] }],
  [{ events: [event({ id: 'a\r\nb' })] }],
  [{ events: [event({ type: 'message.paid' })] }],
  [{ events: [event({ at: 'yesterday' })] }],
  [{ events: [event({ at: 7 })] }],
  [{ events: [event({ messageId: '../..' })] }],
  [{ events: [event({ messageId: undefined })] }],
  [{ events: [event({ messageId: undefined, from: '138' })] }],
  [{ events: [event({ link: 1.5 })] }],
  [{ events: [event({ reason: {} })] }],
])('what is no list of events is refused (%#)', (body) => expect(readEvents(body, NOW).ok).toBe(false))

test('whatever is sent, it is read or refused, and never fails', () =>
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (whole, part) => {
      readEvents(whole, NOW)
      readEvents({ events: [part] }, NOW)
      readEvents({ events: [{ ...event(), text: part, reason: part, at: part }] }, NOW)
    }),
  ))
