import { isOnDays } from './anniversary.ts'
import { type Attribute, findAttribute, type Ratio } from './catalogue.ts'
import { isInDecimals, isInFigures } from './decimal-range.ts'
import type { CustomerFacts } from './facts.ts'
import { freeAttribute } from './free.ts'
import { functionKey } from './function-key.ts'
import { freeHolds, yearDay } from './predicate.free.ts'
import { isIn } from './range.ts'
import type { ResolvedAnniversary, ResolvedAttribute, ResolvedFunction, ResolvedQuery, ResolvedTest } from './resolved.ts'

export type CustomerPredicate = (facts: CustomerFacts) => boolean

/** Whether a customer is in it, from what is known of them; of functions `functionClauses` must have been answered. */
export function toPredicate(query: ResolvedQuery): CustomerPredicate {
  switch (query.kind) {
    case 'and': {
      const parts = query.of.map(toPredicate)
      return (facts) => parts.every((part) => part(facts))
    }
    case 'or': {
      const parts = query.of.map(toPredicate)
      return (facts) => parts.some((part) => part(facts))
    }
    case 'not':
      return negatedIf(true, toPredicate(query.of))
    case 'attribute':
      return negatedIf(query.negated, attributeHolds(query))
    case 'function':
      return negatedIf(query.negated, functionHolds(query))
    case 'anniversary':
      return negatedIf(query.negated, anniversaryHolds(query))
  }
}

const negatedIf = (negated: boolean, holds: CustomerPredicate): CustomerPredicate => (negated ? (facts) => !holds(facts) : holds)

function attributeHolds({ attribute, test }: ResolvedAttribute): CustomerPredicate {
  const free = freeAttribute(attribute)
  if (free !== null) return (facts) => freeHolds(facts.attributes, free, test)
  const known = findAttribute(attribute)
  if (!known) throw new Error(`no attribute is called ${attribute}`)
  return knownHolds(known, test)
}

/** The same as `columnHolds` says in SQL. */
function knownHolds(attribute: Attribute, test: ResolvedTest): CustomerPredicate {
  if (test.kind === 'null') return (facts) => isMissing(attribute.fact(facts))
  switch (attribute.type) {
    case 'integer':
    case 'amount':
    case 'date':
      if (test.kind === 'ranges')
        return (facts) => ifThere(attribute.fact(facts), (value) => test.ranges.some((range) => isIn(value, range)))
      break
    case 'average':
      if (test.kind === 'decimals')
        return (facts) => ifThere(attribute.fact(facts), (ratio) => test.ranges.some((range) => isInDecimals(ratio, range)))
      break
    case 'figure':
      if (test.kind === 'decimals')
        return (facts) => ifThere(attribute.fact(facts), (figure) => test.ranges.some((range) => isInFigures(figure, range)))
      break
    case 'boolean':
      if (test.kind === 'boolean') return (facts) => attribute.fact(facts) === test.value
      break
    case 'list':
      if (test.kind === 'texts') return (facts) => attribute.fact(facts).some((text) => test.texts.includes(text))
      break
    default:
      if (test.kind === 'texts') return (facts) => ifThere(attribute.fact(facts), (text) => test.texts.includes(text))
  }
  throw new Error(`${attribute.name} is not compared by ${test.kind}`)
}

const ifThere = <T>(value: T | null, holds: (value: T) => boolean): boolean => value !== null && holds(value)

const isMissing = (fact: number | string | boolean | Ratio | readonly string[] | null): boolean =>
  fact === null || (Array.isArray(fact) && fact.length === 0)

function functionHolds(clause: ResolvedFunction): CustomerPredicate {
  const key = functionKey(clause)
  return ({ functions }) => {
    const answer = functions.get(key)
    if (answer === undefined) throw new Error(`${clause.name} was not answered for this customer`)
    return answer
  }
}

const anniversaryHolds =
  (clause: ResolvedAnniversary): CustomerPredicate =>
  (facts) =>
    ifThere(yearDay(facts, clause.attribute), (day) => isOnDays(day, clause))
