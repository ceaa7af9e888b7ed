import type { Minor } from '../kernel/money.ts'

export type WantedReturn = { readonly orderExternalId: string; readonly returnExternalId: string; readonly lines: readonly WantedUnits[] }
export type WantedUnits = { readonly id: string; readonly quantity: number }
/** `amount`: what the units cost that came back. */
export type ReturnedLine = WantedUnits & { readonly amount: Minor }

export type GiftDue = { readonly sku: string; readonly quantity: number }
/** What was given with an order, and by which offer. */
export type OrderGift = GiftDue & { readonly offerCode: string }
