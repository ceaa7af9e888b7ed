import { describe, expect, test } from 'vitest'
import { DAY_MS, instant } from '../kernel/clock.ts'
import { nextStanding, type Rung } from './standing.rules.ts'

const NOW = instant(Date.UTC(2026, 5, 15))
const ago = (days: number) => instant(NOW - days * DAY_MS)

// Of each tier: Q or q, whether one qualifies; R, r or -, whether one is retained; and its days of grace. H: by hand only.
const rungs = (text: string): Rung[] =>
  text.split(' ').map((word) => {
    const [, id = '', qualifies, retains, days] = /^(\w+):([QqH])([Rr-])(\d*)$/.exec(word) ?? []
    return {
      id,
      qualifies: qualifies === 'H' ? null : qualifies === 'Q',
      retains: retains === '-' ? null : retains === 'R',
      graceDays: Number(days ?? 0),
    }
  })

describe('what somebody is to have', () => {
  test.each([
    ['nothing stays nothing', null, null, 'gold:q- silver:q-', null, null],
    ['the best that lets them in', null, null, 'gold:Q- silver:Q-', 'gold', null],
    ['up over two', 'bronze', null, 'gold:Q- silver:q- bronze:q-', 'gold', null],
    ['up forgets a failing', 'silver', 3, 'gold:Q- silver:q-9', 'gold', null],
    ['who is retained does not get in', null, null, 'gold:qR silver:q-', null, null],
    ['qualification alone keeps', 'gold', null, 'gold:Qr silver:Q-', 'gold', null],
    ['retention alone keeps', 'gold', null, 'gold:qR silver:Q-', 'gold', null],
    ['what holds again forgets the failing', 'gold', 5, 'gold:qR9 silver:Q-', 'gold', null],
    ['without grace, down at once', 'gold', null, 'gold:q-0 silver:Q-', 'silver', null],
    ['a grace begins', 'gold', null, 'gold:qr30 silver:Q-', 'gold', 0],
    ['a grace goes on', 'gold', 29, 'gold:qr30 silver:Q-', 'gold', 29],
    ['a grace ends to the hour', 'gold', 30, 'gold:qr30 silver:Q-', 'silver', null],
    ['down to where retention holds', 'gold', 30, 'gold:qr30 silver:qR bronze:Q-', 'silver', null],
    ['down through all to none', 'gold', 30, 'gold:qr30 silver:qr bronze:q-', null, null],
    ['nobody lands in what is given by hand', 'gold', 30, 'gold:qr30 partner:H- bronze:Q-', 'bronze', null],
    ['what is given by hand now keeps whom it had', 'partner', null, 'gold:q- partner:H- bronze:Q-', 'partner', null],
    ['but does not hold them back', 'partner', null, 'gold:Q- partner:H- bronze:Q-', 'gold', null],
    ['and lets go by its retention, if it has one', 'partner', null, 'gold:q- partner:Hr bronze:Q-', 'bronze', null],
    ['a tier that is no more is none', 'gone', null, 'gold:q- bronze:Q-', 'bronze', null],
  ] as const)('%s', (_, tierId, days, programme, to, failing) => {
    const standing = { tierId, failingSince: days === null ? null : ago(days) }
    expect(nextStanding(standing, rungs(programme), NOW, true)).toEqual({
      tierId: to,
      failingSince: failing === null ? null : ago(failing),
    })
  })

  test('until everybody is evaluated nobody falls, however long they have failed', () => {
    const standing = { tierId: 'gold', failingSince: ago(99) }
    expect(nextStanding(standing, rungs('gold:qr0 silver:Q-'), NOW, false)).toEqual(standing)
    expect(nextStanding({ ...standing, failingSince: null }, rungs('gold:qr0 silver:Q-'), NOW, false)).toEqual({
      tierId: 'gold',
      failingSince: NOW,
    })
  })
})
