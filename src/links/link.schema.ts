import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql'
import { connectionOf } from '../api/shared/paging.ts'
import { DateTime, Money } from '../api/shared/scalars.ts'
import { CustomerRefInput } from '../customers/customer.schema.ts'
import type { Minor } from '../kernel/money.ts'
import { AdjustmentInput, AdjustmentView, toAdjustmentView } from '../pricebook/rule.schema.ts'
import type { LinkItem } from '../pricing/cart.ts'
import type { CustomerFigures, LinkStatus, PrivateLink } from './link.model.ts'

export enum PrivateLinkStatus {
  ACTIVE = 'ACTIVE',
  EXPIRED = 'EXPIRED',
  USED_UP = 'USED_UP',
  REVOKED = 'REVOKED',
}
registerEnumType(PrivateLinkStatus, {
  name: 'PrivateLinkStatus',
  description: 'Where a private link stands now. Of several that fit, REVOKED comes before EXPIRED and that before USED_UP.',
  valuesConfig: {
    ACTIVE: { description: 'It opens; before validFrom it will.' },
    EXPIRED: { description: 'Its time is over.' },
    USED_UP: { description: 'It was used as often as it may be; a use that a reservation gives back opens it again.' },
    REVOKED: { description: 'It was called back, for good.' },
  },
})

@InputType('PrivateLinkItemInput', { description: 'A product of a private link, and its price there.' })
export class PrivateLinkItemInput {
  @Field(() => String, { description: '1 to 200 characters; one item a sku. The catalogue need not know it.' }) sku!: string
  @Field(() => Int, { nullable: true, defaultValue: 1, description: 'What the link puts in the cart; 1 to 1,000,000.' }) quantity?:
    | number
    | null
  @Field(() => Int, {
    nullable: true,
    description: 'A cart with more units of the sku does not get the price; quantity to 1,000,000. Default: quantity.',
  })
  maxQuantity?: number | null
  @Field(() => AdjustmentInput, { description: 'What is done to the list price.' }) adjustment!: AdjustmentInput
}

@InputType('PrivateLinkInput', { description: 'A private link to be made. It cannot be changed later, only revoked.' })
export class PrivateLinkInput {
  @Field(() => String, { description: '1 to 200 characters; quotes show it.' }) name!: string
  @Field(() => String, { nullable: true, description: 'For staff; at most 2,000 characters.' }) note?: string | null
  @Field(() => String, { nullable: true, description: 'For the shopper; at most 2,000 characters.' }) message?: string | null
  @Field(() => [CustomerRefInput], {
    nullable: true,
    description:
      'Named people, 1 to 1,000; with neither customers nor audience, whoever holds the link; with both, those named and those in the audience. One who is not known is UNKNOWN_CUSTOMER.',
  })
  customers?: CustomerRefInput[] | null
  @Field(() => String, {
    nullable: true,
    description: 'A customer query; absent or blank: none. A wrong one is BAD_QUERY with its faults.',
  })
  audience?: string | null
  @Field(() => [PrivateLinkItemInput], { description: '1 to 100.' }) items!: PrivateLinkItemInput[]
  @Field(() => DateTime, { nullable: true, description: 'Absent: at once.' }) validFrom?: Date | null
  @Field(() => DateTime, { nullable: true, description: 'Excluded, and after validFrom; absent: without an end.' }) validUntil?: Date | null
  @Field(() => Int, {
    nullable: true,
    defaultValue: 1,
    description: 'So many orders may use it; 1 to 1,000,000,000. Absent: one; an explicit null: without a limit.',
  })
  maxUses?: number | null
  @Field(() => Int, {
    nullable: true,
    description:
      'So many orders of one customer may; then who reserves must be known. 1 to 1,000,000,000; absent or null: without a limit.',
  })
  maxUsesPerCustomer?: number | null
}

@ObjectType('PrivateLinkItem', { description: 'A product of a private link, and its price there.', simpleResolvers: true })
export class PrivateLinkItemView {
  @Field(() => String, { description: 'Which product.' }) sku!: string
  @Field(() => Int, { description: 'What the link puts in the cart.' }) quantity!: number
  @Field(() => Int, { description: 'A cart with more units of the sku does not get the price.' }) maxQuantity!: number
  @Field(() => AdjustmentView, { description: 'What is done to the list price.' }) adjustment!: AdjustmentView
}

@ObjectType('PrivateLink', {
  description: 'Items at special prices for chosen people. Its token is shown when it is made and never again.',
  simpleResolvers: true,
})
export class PrivateLinkView {
  @Field(() => ID, { description: "Also the link's code in quotes." }) id!: string
  @Field(() => String, { description: 'What staff call it, and what quotes show.' }) name!: string
  @Field(() => String, { nullable: true, description: 'For staff.' }) note!: string | null
  @Field(() => String, { nullable: true, description: 'For the shopper.' }) message!: string | null
  @Field(() => PrivateLinkStatus, { description: 'Where it stands now.' }) status!: LinkStatus
  @Field(() => String, { nullable: true, description: 'A customer query whose members may use it besides the people it names.' })
  audience!: string | null
  @Field(() => [PrivateLinkItemView], { description: 'One a sku.' }) items!: PrivateLinkItemView[]
  @Field(() => DateTime, { nullable: true, description: 'Null: since it was made.' }) validFrom!: Date | null
  @Field(() => DateTime, { nullable: true, description: 'Excluded; null: without an end.' }) validUntil!: Date | null
  @Field(() => Int, { nullable: true, description: 'So many orders may use it; null: without a limit.' }) maxUses!: number | null
  @Field(() => Int, { nullable: true, description: 'So many orders of one customer may; null: without a limit.' }) maxUsesPerCustomer!:
    | number
    | null
  @Field(() => Int, {
    description: 'How often /l/<token> was opened by GET while it opened anything; programs that look ahead are counted too.',
  })
  opens!: number
  @Field(() => Int, { description: 'Orders that used it, and reservations that hold a use now.' }) uses!: number
  @Field(() => ID, { nullable: true, description: 'Of links that createPrivateLinks made together.' }) batchId!: string | null
  @Field(() => DateTime, { description: 'When it was made.' }) createdAt!: Date
  @Field(() => DateTime, { nullable: true, description: 'When it was called back.' }) revokedAt!: Date | null
}

@ObjectType('PrivateLinkConnection', { description: 'Private links, the newest first.', simpleResolvers: true })
export class PrivateLinkConnectionView extends connectionOf(PrivateLinkView) {}

@ObjectType('CreatedPrivateLink', { description: 'A new private link with its token.', simpleResolvers: true })
export class CreatedPrivateLinkView {
  @Field(() => PrivateLinkView, { description: 'As it was made.' }) link!: PrivateLinkView
  @Field(() => String, {
    description:
      "The shop's privateLinkUrl with the token in it; without one the path /l/<token> of this server. Shown here and never again.",
  })
  url!: string
  @Field(() => String, { description: 'For privateLinkToken of a cart. Shown here and never again.' }) token!: string
}

@ObjectType('PrivateLinkBatch', { description: 'Links that were made together, one for each customer of a query.', simpleResolvers: true })
export class PrivateLinkBatchView {
  @Field(() => ID, { description: 'For privateLinks.' }) batchId!: string
  @Field(() => Int, { description: 'How many links.' }) count!: number
  @Field(() => String, {
    description:
      'A line each under the line `externalId,name,email,phone,linkId,url`, as RFC 4180 has it. A cell that a spreadsheet would take for a formula begins with an apostrophe. Shown here and never again.',
  })
  csv!: string
}

@ObjectType('PrivateLinkCustomer', {
  description: 'Somebody whom a private link names or who reserved with it, and what came of it by them.',
  simpleResolvers: true,
})
export class PrivateLinkCustomerView {
  @Field(() => Int, {
    nullable: true,
    description: 'Openings of the link; null unless it is for this customer alone, since else nobody knows whose they were.',
  })
  opens!: number | null
  @Field(() => Int, { description: 'Reservations ever made with a use of it.' }) reservations!: number
  @Field(() => Int, { description: 'Those of them that hold now.' }) heldReservations!: number
  @Field(() => Int, { description: 'Those that became orders, wholly returned ones included.' }) orders!: number
  @Field(() => Money, { description: 'What was paid in those of these orders that count, all their lines, less returns.' }) revenue!: Minor
  /** For the field that is resolved; not in the API itself. */
  customerId!: string
}

@ObjectType('PrivateLinkCustomerConnection', { description: 'People of a private link, in the order of their ids.', simpleResolvers: true })
export class PrivateLinkCustomerConnectionView extends connectionOf(PrivateLinkCustomerView) {}

const dateOf = (at: number | null): Date | null => (at === null ? null : new Date(at))

export const toLinkView = ({
  namesPeople: _,
  items,
  validFrom,
  validUntil,
  createdAt,
  revokedAt,
  ...link
}: PrivateLink): PrivateLinkView => ({
  ...link,
  items: items.map(toItemView),
  validFrom: dateOf(validFrom),
  validUntil: dateOf(validUntil),
  createdAt: new Date(createdAt),
  revokedAt: dateOf(revokedAt),
})

export const toItemView = ({ adjustment, ...item }: LinkItem): PrivateLinkItemView => ({
  ...item,
  adjustment: toAdjustmentView(adjustment),
})

export const toLinkCustomerView = ({ held, revenue, ...figures }: CustomerFigures): PrivateLinkCustomerView => ({
  ...figures,
  heldReservations: held,
  revenue: revenue as Minor,
})
