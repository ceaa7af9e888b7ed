import { describe, expect, test } from 'vitest'
import { roundUp } from '../kernel/rounding.ts'
import { parseQuery } from '../query/parse.ts'
import { READY_MADE } from './ready-made.model.ts'
import { checkThresholds, thresholdsFor, tiersFor } from './ready-made.rules.ts'

test.each([
  [0, 0],
  [0.3, 1],
  [9.2, 10],
  [10.5, 11],
  [99.1, 100],
  [1_187.43, 1_200],
  [1_200, 1_200],
  [123_456, 130_000],
])('%d is rounded up to %d', (figure, rounded) => expect(roundUp(figure)).toBe(rounded))

describe.each(READY_MADE)('$code', (programme) => {
  const fitted = (figure: number | null) =>
    thresholdsFor(programme, new Map(programme.thresholds.map(({ code }) => [code, figure])), new Map())

  test.each([null, 0, 7, 1_234.5])('is a programme that can be saved, whatever the shop is like (%s)', (figure) => {
    for (const language of ['EN', 'ZH'] as const) {
      const tiers = tiersFor(programme, fitted(figure), language)
      expect(new Set(tiers.map(({ rank }) => rank)).size).toBe(tiers.length)
      for (const { qualification, retention } of tiers)
        for (const query of [qualification, retention])
          if (query !== null) expect(parseQuery(query, { place: 'TIER' })).toMatchObject({ ok: true })
    }
  })

  test('takes what is set instead of what was measured, and nothing else', () => {
    const [first] = programme.thresholds
    if (first === undefined) throw new Error('a programme asks something')
    const set = checkThresholds(programme, [{ code: first.code, value: 4_321 }])
    expect(set.ok && thresholdsFor(programme, new Map(), set.value)[0]?.value).toBe(4_321)
    expect(checkThresholds(programme, [{ code: first.code, value: 0 }])).toMatchObject({
      ok: false,
      problem: { path: ['thresholds', 0, 'value'] },
    })
    expect(checkThresholds(programme, [{ code: first.code, value: 5.5 }])).toMatchObject({ ok: false })
    expect(checkThresholds(programme, [{ code: 'other', value: 5 }])).toMatchObject({
      ok: false,
      problem: { path: ['thresholds', 0, 'code'] },
    })
  })
})

test('where most buyers spend the same, each tier still asks more than the one below', () => {
  const classic = READY_MADE.find(({ code }) => code === 'yearly-spend')
  if (classic === undefined) throw new Error('the classic four are gone')
  const values = thresholdsFor(classic, new Map(classic.thresholds.map(({ code }) => [code, 50])), new Map()).map(({ value }) => value)
  expect(values).toEqual([50, 100, 200])
})
