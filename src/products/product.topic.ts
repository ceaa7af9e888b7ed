import { topic } from '../shell/topic.ts'

/** Products, by sku. */
export const PRODUCTS = topic()
