import type { OrderStatus } from '../orders/order.model.ts'

export const DELIMITERS = [',', ';', '\t', '|'] as const
export type Delimiter = (typeof DELIMITERS)[number]

export const DECIMAL_MARKS = ['.', ','] as const
export type DecimalMark = (typeof DECIMAL_MARKS)[number]

/**
 * How the columns of a file become orders, one row a line item (docs/guides/import.md). Rows of one order are gathered by
 * its id, wherever they stand. What is the order's or the customer's may stand on one of its rows only.
 */
export type Mapping = {
  /** What file this is for, in words. */
  readonly about: string
  /** Any that iconv knows; null: what the bytes look like. */
  readonly encoding: string | null
  readonly delimiter: Delimiter | null
  /** IANA name, of times without an offset; null: the shop's. */
  readonly timeZone: string | null
  /** What the amounts are in; it must be the shop's. */
  readonly currency: Cell | null
  readonly decimalMark: DecimalMark
  /** Whether amounts are written in minor units (cents, fen) already. */
  readonly minorUnits: boolean
  /** Rows for which these do not all hold are left out. */
  readonly keep: readonly Condition[]
  readonly order: {
    readonly id: Cell
    /** The order is placed at the earliest of its rows' times. */
    readonly placedAt: Cell & { readonly format: string | null }
    readonly status: StatusRule
    readonly channel: Cell | null
    /** What was paid for the goods of the order, when that is not the sum of its lines: it is shared out among them. */
    readonly total: Cell | null
    /** What of that was paid back: the lines come to less. An order that was paid back wholly is cancelled. */
    readonly refunded: Cell | null
  }
  readonly customer: {
    /** The first that is there names the customer; none: the order is nobody's. */
    readonly keys: readonly CustomerKey[]
  } & { readonly [Fact in CustomerFact]: Cell | null }
  readonly line: {
    readonly id: Cell | null
    readonly sku: Cell
    readonly quantity: Cell
    /** At least one of price and total. */
    readonly unitPrice: Cell | null
    /** What was taken off the line's quantity x price. */
    readonly discount: Cell | null
    readonly total: Cell | null
  }
}

/** The first of these columns that is not empty, with the prefix before it; else what is `otherwise`. */
export type Cell = {
  readonly columns: readonly string[]
  readonly prefix: string
  readonly otherwise: string | null
  /** A file may lack the columns. */
  readonly optional: boolean
}

export const CUSTOMER_FACTS = ['name', 'email', 'phone', 'country', 'region', 'city'] as const
export type CustomerFact = (typeof CUSTOMER_FACTS)[number]

/**
 * `externalId`: the shop's own name of the customer. `email`, `phone`: the customer who was verified to have it, else one
 * whose external id it becomes. Any other word: a name in another system; its external id is `word:name`.
 */
export type CustomerKey = Cell & { readonly kind: string }

export type StatusRule = {
  /** The first of these that holds decides. */
  readonly first: readonly { readonly when: readonly Condition[]; readonly is: OrderStatus }[]
  /** Then what the cell says, by the first pattern that fits: whole texts, or beginnings followed by `*`, in any case. */
  readonly cell: Cell | null
  readonly map: readonly { readonly text: string; readonly is: OrderStatus }[]
  /** Of a text that is not in the map; null: the row is rejected. */
  readonly otherwise: OrderStatus | null
  /** Of an order none of whose rows says anything; null: the order is rejected. */
  readonly empty: OrderStatus | null
}

/** `optional`: a file may lack the column, which is then empty. */
export type Condition = { readonly column: string; readonly optional: boolean } & (
  | { readonly test: 'EMPTY'; readonly holds: boolean }
  | { readonly test: 'IN' | 'STARTS_WITH'; readonly texts: readonly string[]; readonly holds: boolean }
  | { readonly test: 'ABOVE' | 'AT_LEAST' | 'BELOW' | 'AT_MOST'; readonly bound: string }
)
