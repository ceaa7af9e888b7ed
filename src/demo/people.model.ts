import type { WantedCompany } from '../companies/company.model.ts'
import type { WantedCustomer } from '../customers/customer.model.ts'
import type { Instant } from '../kernel/clock.ts'

/** How somebody buys: what the generator knows of them and the shop must find out. */
export type Habit = {
  /** Orders they will place, as far as the two years leave them time. */
  readonly orders: number
  /** Days from one order to the next, on average. */
  readonly everyDays: number
  /** Other lines in an order besides the first, on average. */
  readonly furtherLines: number
  /** How large their quantities are; 1 is usual. */
  readonly appetite: number
  /** Whether they buy for a company: in working hours, by the batch. */
  readonly atWork: boolean
}

export type Person = { readonly customer: WantedCustomer & { readonly registeredAt: Instant }; readonly habit: Habit }
export type People = { readonly companies: readonly WantedCompany[]; readonly persons: readonly Person[] }
