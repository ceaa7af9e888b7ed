import { describe, expect, test } from 'vitest'
import { momentReader } from './moment.rules.ts'

function read(text: string, format: string | null = null, zone = 'Asia/Shanghai'): string | null {
  const reader = momentReader(format, zone)
  if (!reader.ok) throw new Error(reader.problem.message)
  const at = reader.value(text)
  return at === null ? null : new Date(at).toISOString()
}

describe('a time, year first', () => {
  test.each([
    ['2017-07-08 00:42:32', '2017-07-07T16:42:32.000Z'],
    ['2017/7/8 0:42', '2017-07-07T16:42:00.000Z'],
    ['2017-07-08', '2017-07-07T16:00:00.000Z'],
    ['2026-04-05 21:06:21 +0400', '2026-04-05T17:06:21.000Z'],
    ['2026-04-05T21:06:21.123Z', '2026-04-05T21:06:21.000Z'],
    ['2026-04-05 21:06:21 UTC', '2026-04-05T21:06:21.000Z'],
    ['2026-04-05T21:06:21-03:30', '2026-04-06T00:36:21.000Z'],
  ])('%s', (text, at) => expect(read(text)).toBe(at))

  test.each(['2026-02-30', '2026-13-01', '2026-01-01 24:00', '2026-01-01 12:60', '05.04.2026', 'yesterday', '1775408781', '2026-1'])(
    '%s is none',
    (text) => expect(read(text)).toBeNull(),
  )

  test('follows the summer time of its zone', () => {
    expect(read('2011-01-15 09:00', null, 'Europe/London')).toBe('2011-01-15T09:00:00.000Z')
    expect(read('2011-07-15 09:00', null, 'Europe/London')).toBe('2011-07-15T08:00:00.000Z')
  })
})

describe('a time in a format of its own', () => {
  test.each([
    ['5/4/2026 9:06', 'd/M/yyyy H:mm', '2026-04-05T01:06:00.000Z'],
    ['04/05/26 09:06 PM', 'MM/dd/yy hh:mm a', '2026-04-05T13:06:00.000Z'],
    ['04/05/26 12:06 am', 'MM/dd/yy hh:mm a', '2026-04-04T16:06:00.000Z'],
    ['2026年4月5日 09:06', 'yyyy年M月d日 HH:mm', '2026-04-05T01:06:00.000Z'],
    ['20260405', 'yyyyMMdd', '2026-04-04T16:00:00.000Z'],
    ['2026-04-05 21:06 +0400', 'yyyy-MM-dd HH:mm XX', '2026-04-05T17:06:00.000Z'],
    ['1775408781', 'unix', '2026-04-05T17:06:21.000Z'],
    ['1775408781000', 'unix-ms', '2026-04-05T17:06:21.000Z'],
  ])('%s as %s', (text, format, at) => expect(read(text, format)).toBe(at))

  test('is no other', () => {
    expect(read('2026-04-05', 'd/M/yyyy')).toBeNull()
    expect(read('13/13/2026', 'd/M/yyyy')).toBeNull()
    expect(read('04/05/26 13:06 PM', 'MM/dd/yy hh:mm a')).toBeNull()
  })

  test.each(['yyyy', 'dd/MM', 'yyyy-MM-dd yyyy', 'yyyy-MM-dd QQ'])('%s is no format', (format) =>
    expect(momentReader(format, 'UTC').ok).toBe(false),
  )
})
