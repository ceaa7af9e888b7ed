import fc from 'fast-check'
import { expect, test } from 'vitest'
import { instant } from '../kernel/clock.ts'
import type { Id } from '../kernel/id.ts'
import type { Customer } from './customer.model.ts'
import { fillFrom, unfill } from './merge.rules.ts'

const text = fc.option(fc.constantFrom('x', 'y'))
const customer = (id: string): fc.Arbitrary<Customer> =>
  fc
    .record({
      name: text,
      email: text,
      phone: text,
      city: text,
      source: text,
      attributes: fc.dictionary(fc.constantFrom('a', 'b', 'c', '__proto__'), fc.jsonValue()),
      registeredAt: fc.integer({ min: 0, max: 5 }).map(instant),
    })
    .map((facts) => ({
      ...facts,
      id: id as Id<'Customer'>,
      externalId: id,
      emailVerified: false,
      phoneVerified: false,
      kind: 'INDIVIDUAL',
      role: null,
      companyId: null,
      industry: null,
      purpose: null,
      gender: null,
      birthDate: null,
      language: null,
      country: null,
      region: null,
      tierId: null,
      pin: null,
      mergedInto: null,
    }))

test('what a merge fills in is no more than what was lacking, and the earlier day', () => {
  fc.assert(
    fc.property(customer('into'), customer('from'), (into, from) => {
      const { into: filled } = fillFrom(into, from)
      for (const fact of ['name', 'email', 'city'] as const) expect(filled[fact]).toBe(into[fact] ?? from[fact])
      expect(filled.registeredAt).toBe(Math.min(into.registeredAt, from.registeredAt))
      expect(filled.attributes).toEqual({ ...from.attributes, ...into.attributes })
    }),
  )
})

test('taking back what a merge filled in leaves the customer as before', () => {
  fc.assert(
    fc.property(customer('into'), customer('from'), (into, from) => {
      const { into: filled, facts, attributes } = fillFrom(into, from)
      expect(unfill(filled, facts, attributes)).toEqual(into)
    }),
  )
})

test('what was changed after a merge is not taken back with it', () => {
  fc.assert(
    fc.property(customer('into'), customer('from'), (into, from) => {
      const { into: filled, facts, attributes } = fillFrom({ ...into, city: null }, { ...from, city: 'x' })
      expect(unfill({ ...filled, city: 'since' }, facts, attributes).city).toBe('since')
    }),
  )
})
