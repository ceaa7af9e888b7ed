import type { WantedCompany } from '../companies/company.model.ts'
import type { WantedCustomer } from '../customers/customer.model.ts'
import type { Instant } from '../kernel/clock.ts'
import type { GivenOrder } from '../orders/given-order.model.ts'
import { CAST, castCustomers, castOrders } from './cast.rules.ts'
import { makeCatalogue, type StockedProduct } from './catalogue.rules.ts'
import { makeOrders } from './orders.rules.ts'
import { makePeople } from './people.rules.ts'

/** All that is put into the demo shop; its programme (tiers, ladders, offers) is written down in programme.model.ts. */
export type DemoShop = {
  readonly products: readonly StockedProduct[]
  readonly companies: readonly WantedCompany[]
  readonly customers: readonly WantedCustomer[]
  /** Two years of them, up to the instant the shop was made for. */
  readonly orders: readonly GivenOrder[]
}

const CUSTOMERS = 2_000

/** The same seed and the same instant give the same shop, to the last byte. */
export function makeDemoShop(seed: string, now: Instant, timeZone: string): DemoShop {
  const products = makeCatalogue(seed, now)
  const { companies, persons } = makePeople(seed, CUSTOMERS - CAST.length, { now, timeZone })
  const orders = makeOrders(seed, { products, persons, timeZone, now })
  return {
    products,
    companies,
    customers: [...castCustomers(now), ...persons.map((person) => person.customer)],
    orders: [...castOrders(products, now), ...orders],
  }
}
