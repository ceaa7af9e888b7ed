import { topic } from '../shell/topic.ts'
import { noteChanges } from './customer-change.store.ts'

/**
 * Customers, by id: whatever is remembered of one (tier, statistics, tags) is dropped when anything of it changes, and
 * that it changed is written down with the change.
 */
export const CUSTOMERS = topic(noteChanges)
