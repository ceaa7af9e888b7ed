import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql'
import { connectionOf } from '../api/shared/paging.ts'
import { DateTime, Money } from '../api/shared/scalars.ts'
import { CustomerRefInput } from '../customers/customer.schema.ts'
import type { Minor } from '../kernel/money.ts'
import type { Order, OrderHead } from './order.model.ts'

export enum OrderStatus {
  PLACED = 'PLACED',
  PAID = 'PAID',
  COMPLETED = 'COMPLETED',
  CANCELLED = 'CANCELLED',
}
registerEnumType(OrderStatus, {
  name: 'OrderStatus',
  description: 'How far an order is.',
  valuesConfig: {
    PLACED: { description: 'Placed and not paid: it never counts.' },
    PAID: { description: 'Paid: it counts, unless the shop waits for completion.' },
    COMPLETED: { description: 'Delivered and settled: it counts.' },
    CANCELLED: { description: 'Called off: it never counts.' },
  },
})

@InputType('OrderLineInput', { description: 'A line of an order as it was sold.' })
export class OrderLineInput {
  @Field(() => String, {
    nullable: true,
    description: "The caller's own name of the line, one a line; 1 to 100 characters. Default: its index.",
  })
  id?: string | null
  @Field(() => String, { description: '1 to 200 characters; it need not be in the catalogue.' }) sku!: string
  @Field(() => Int, { description: '1 to 1,000,000.' }) quantity!: number
  @Field(() => Money, { description: 'What was really paid for one.' }) unitPrice!: Minor
  @Field(() => Money, { nullable: true, description: 'What was really paid for the line, where that is not unitPrice x quantity.' })
  total?: Minor | null
}

@InputType('OrderInput', {
  description:
    "An order, whole. Recorded again under the same externalId: unchanged, or corrected where it differs; one without a customer is then a guest's.",
})
export class OrderInput {
  @Field(() => String, { description: 'By which the shop knows the order; 1 to 200 characters.' }) externalId!: string
  @Field(() => CustomerRefInput, { nullable: true, description: "Whose it is; absent: a guest's." }) customer?: CustomerRefInput | null
  @Field(() => DateTime, { description: 'When it was placed; from 1970 on, at most a day from now.' }) placedAt!: Date
  @Field(() => OrderStatus, { nullable: true, defaultValue: OrderStatus.PAID, description: 'How far it is.' }) status?: OrderStatus | null
  @Field(() => String, { nullable: true, description: 'Shop, marketplace, phone, ...; 1 to 100 characters.' }) channel?: string | null
  @Field(() => [OrderLineInput], { description: '1 to 500.' }) lines!: OrderLineInput[]
}

@ObjectType('OrderLine', { description: 'A line of an order.', simpleResolvers: true })
export class OrderLineView {
  @Field(() => String, { description: "The caller's own name of the line." }) id!: string
  @Field(() => String, { description: 'Which product.' }) sku!: string
  @Field(() => Int, { description: 'Units sold.' }) quantity!: number
  @Field(() => Int, { description: 'Units of these that came back.' }) returnedQuantity!: number
  @Field(() => Money, { description: 'What was paid for one.' }) unitPrice!: Minor
  @Field(() => Money, { description: 'What was paid for all units sold.' }) total!: Minor
}

@ObjectType('Order', { description: 'An order that the shop knows of.', simpleResolvers: true })
export class StorefrontOrder {
  @Field(() => ID, { description: 'Stays the same whatever is corrected.' }) id!: string
  @Field(() => String, { description: 'By which the shop knows the order.' }) externalId!: string
  @Field(() => DateTime, { description: 'When it was placed.' }) placedAt!: Date
  @Field(() => OrderStatus, { description: 'How far it is.' }) status!: Order['status']
  @Field(() => ID, { nullable: true, description: "Whose it is; null: a guest's." }) customerId!: string | null
  @Field(() => Money, { description: 'What was paid for the lines, less returns.' }) total!: Minor
  @Field(() => [OrderLineView], { description: 'What was sold.' }) lines!: OrderLineView[]
}

@ObjectType('Order', { description: 'An order that the shop knows of.', simpleResolvers: true })
export class AdminOrder {
  @Field(() => ID, { description: 'Stays the same whatever is corrected.' }) id!: string
  @Field(() => String, { description: 'By which the shop knows the order.' }) externalId!: string
  @Field(() => DateTime, { description: 'When it was placed.' }) placedAt!: Date
  @Field(() => OrderStatus, { description: 'How far it is.' }) status!: Order['status']
  @Field(() => String, { nullable: true, description: 'Shop, marketplace, phone, ...' }) channel!: string | null
  @Field(() => Money, { description: 'What was paid for the lines, less returns.' }) total!: Minor
  customerId!: string | null
}

@ObjectType('OrderConnection', { description: 'A page of orders.', simpleResolvers: true })
export class OrderConnection extends connectionOf(AdminOrder) {}

export const toStorefrontOrder = ({ id, externalId, placedAt, status, customerId, total, lines }: Order): StorefrontOrder => ({
  id,
  externalId,
  placedAt: new Date(placedAt),
  status,
  customerId,
  total,
  lines: [...lines],
})

export const toAdminOrder = ({ id, externalId, placedAt, status, channel, customerId, total }: OrderHead): AdminOrder => ({
  id,
  externalId,
  placedAt: new Date(placedAt),
  status,
  channel,
  customerId,
  total,
})
