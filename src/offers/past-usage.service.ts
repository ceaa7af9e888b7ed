import type { Instant } from '../kernel/clock.ts'
import type { Book } from '../pricebook/book.service.ts'
import type { ShopperUsage, Usage } from '../pricing/shopper.ts'
import type { World } from '../shell/world.ts'
import { readCustomerUsageAt, readUsageAt } from './past-usage.store.ts'

/** What a book's limited offers had given by an instant. */
export const usageThen = async (world: World, book: Book, at: Instant): Promise<Usage> =>
  book.limited.length === 0 ? new Map() : readUsageAt(world, book.limited, at)

/** What a customer had by then of the offers that a book limits by customer. */
export const customerUsageThen = async (
  world: World,
  book: Book,
  customerId: string,
  at: Instant,
): Promise<ReadonlyMap<string, ShopperUsage>> =>
  book.limitedByCustomer.length === 0 ? new Map() : readCustomerUsageAt(world, customerId, book.limitedByCustomer, at)
