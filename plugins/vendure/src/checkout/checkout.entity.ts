import type { OrderStatus, Quote } from '@regulars/client'
import { DeepPartial, EntityId, type ID, Order, VendureEntity } from '@vendure/core'
import { Column, Entity, Index, ManyToOne } from 'typeorm'

/** Units that came back together, as they are told to the engine: written down first, so that a crash tells them once. */
export interface Returned {
  id: string
  lines: { id: string; quantity: number }[]
  told: boolean
}

/** What Regulars has to do with one order. An order without codes, link and reservation needs none. */
@Entity()
export class RegularsCheckout extends VendureEntity {
  constructor(input?: DeepPartial<RegularsCheckout>) {
    super(input)
  }

  @ManyToOne(() => Order, { onDelete: 'CASCADE' })
  order!: Order

  @Index({ unique: true })
  @EntityId()
  orderId!: ID

  /** The codes and coupons of Regulars that the shopper typed; Vendure keeps its own. */
  @Column('simple-json')
  codes!: string[]

  @Column({ type: String, nullable: true })
  linkToken!: string | null

  /** How the reservation priced the order: from then on nothing prices it anew. */
  @Column('simple-json', { nullable: true })
  quote!: Quote | null

  @Column({ type: String, nullable: true })
  reservationId!: string | null

  /** How often this order has been reserved: part of the idempotency key. */
  @Column({ default: 1 })
  attempt!: number

  /** What the engine was last told the order is; null: it knows of none. */
  @Column({ type: String, nullable: true })
  status!: OrderStatus | null

  @Column('simple-json')
  returns!: Returned[]

  /** How often there was something to tell the engine, and up to which of them it was told. */
  @Column({ default: 0 })
  due!: number

  @Column({ default: 0 })
  told!: number
}
