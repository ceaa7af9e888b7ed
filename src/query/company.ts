import { findAttribute } from './catalogue.ts'
import { all, any, raw, type SqlFragment, sql } from './fragment.ts'
import type { ResolvedAttribute, ResolvedFunction, ResolvedQuery } from './resolved.ts'
import { columnHolds } from './sql.column.ts'
import { rowsExist, type Whose } from './sql.function.ts'

/** What makes sense of a company: what its people bought, all together, and what the company is itself. */
const OF_COMPANIES: ReadonlySet<string> = new Set([
  'amount_spent',
  'number_of_orders',
  'average_order_amount',
  'largest_order_amount',
  'first_order_date',
  'last_order_date',
  'margin_earned',
  'companies',
  'certified_enterprise',
  'customer_industry',
  'customer_kind',
])
const BY_THEIR_PEOPLE: ReadonlySet<string> = new Set(['orders_placed', 'products_purchased'])

/** The rows of all that a company's people bought. */
export const peopleOfCompany: Whose = {
  shop: raw('co.shop_id'),
  customer: raw('any(array(select person.id from customer person where person.shop_id = co.shop_id and person.company_id = co.id))'),
}

/**
 * The query's condition on companies instead of customers: on rows where `s` has the statistics of a company's people together, `co` the
 * company, and `c` what it is as a customer. Null: it asks for something that only a person has.
 */
export function toCompanySql(query: ResolvedQuery): SqlFragment | null {
  switch (query.kind) {
    case 'and':
    case 'or': {
      const parts = query.of.map(toCompanySql)
      if (!parts.every((part) => part !== null)) return null
      return query.kind === 'and' ? all(parts) : any(parts)
    }
    case 'not':
      return negatedIf(true, toCompanySql(query.of))
    case 'attribute':
      return negatedIf(query.negated, attributeHolds(query))
    case 'function':
      return negatedIf(query.negated, functionHolds(query))
    default:
      return null
  }
}

const negatedIf = (negated: boolean, of: SqlFragment | null): SqlFragment | null => (negated && of !== null ? sql`not ${of}` : of)

function attributeHolds({ attribute, test }: ResolvedAttribute): SqlFragment | null {
  const column = OF_COMPANIES.has(attribute) ? findAttribute(attribute) : undefined
  return column === undefined ? null : columnHolds(column, test)
}

const functionHolds = (clause: ResolvedFunction): SqlFragment | null =>
  BY_THEIR_PEOPLE.has(clause.name) ? rowsExist(clause, peopleOfCompany) : null
