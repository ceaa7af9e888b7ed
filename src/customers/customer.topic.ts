import { topic } from '../shell/topic.ts'

/** Customers, by id: whatever is remembered of one (tier, statistics, tags) is dropped when anything of it changes. */
export const CUSTOMERS = topic()
