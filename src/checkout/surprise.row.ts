import { defineEntity, p } from '@mikro-orm/core'
import type { Prize } from '../pricing/rule.ts'
import type { DrawnSurprise } from './surprise.model.ts'

export const OrderSurpriseRow = defineEntity({
  name: 'OrderSurpriseRow',
  tableName: 'order_surprise',
  properties: {
    shopId: p.integer().primary(),
    orderId: p.uuid().primary(),
    offerCode: p.text().primary(),
    offerName: p.text(),
    position: p.integer(),
    seed: p.blob(),
    prizes: p.json<readonly Prize[]>(),
    prizeName: p.text().nullable(),
    giftSku: p.text().nullable(),
    giftQuantity: p.integer().nullable(),
    amount: p.bigint('number').nullable(),
  },
})

export type SurpriseFigures = {
  order_id: string
  offer_code: string
  offer_name: string
  seed: string
  prizes: Prize[]
  prize_name: string | null
}

export const toDrawnSurprise = (row: SurpriseFigures): DrawnSurprise => ({
  offerCode: row.offer_code,
  offerName: row.offer_name,
  seed: row.seed,
  prizes: row.prizes,
  prize: row.prizes.find(({ name }) => name === row.prize_name) ?? null,
})
