import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql'
import { DateTime, Money, SignedMoney } from '../api/shared/scalars.ts'
import type { Minor } from '../kernel/money.ts'
import { CampaignView, toCampaignView } from './campaign.schema.ts'
import { GoalMetric } from './campaign-words.schema.ts'
import type { Estimate, Lift } from './lift.model.ts'
import { ENOUGH } from './lift.rules.ts'
import type { Bought, Cost, Group, Part, Reached, Report, TierPart } from './report.model.ts'

export enum LiftVerdict {
  HIGHER = 'HIGHER',
  LOWER = 'LOWER',
  UNDECIDED = 'UNDECIDED',
  NOT_ENOUGH_DATA = 'NOT_ENOUGH_DATA',
}
registerEnumType(LiftVerdict, {
  name: 'CampaignLiftVerdict',
  description: 'What the comparison with the control group says.',
  valuesConfig: {
    HIGHER: { description: 'The whole interval lies above no effect: the campaign raised it.' },
    LOWER: { description: 'The whole interval lies below no effect: the campaign lowered it.' },
    UNDECIDED: { description: 'No effect lies within the interval: what differs may be chance.' },
    NOT_ENOUGH_DATA: {
      description: `No interval is given. For a share, ${ENOUGH.shareBuyers} buyers and as many who did not buy are wanted in the smaller group, if both bought alike; for all else ${ENOUGH.meanBuyers} buyers, and more the more unequal they are (${ENOUGH.skewness} times the square of the skewness, in members).`,
    },
  },
})

@ObjectType('CampaignEstimate', { description: 'An estimate with its 95 % interval.', simpleResolvers: true })
export class EstimateView {
  @Field(() => Float, { description: 'As it was counted.' }) value!: number
  @Field(() => Float, { nullable: true, description: 'The lower end; null: it has none.' }) low!: number | null
  @Field(() => Float, { nullable: true, description: 'The upper end; null: it has none.' }) high!: number | null
}

@ObjectType('CampaignMoneyEstimate', { description: 'An estimate of money with its 95 % interval.', simpleResolvers: true })
export class MoneyEstimateView {
  @Field(() => SignedMoney, { description: 'As it was counted.' }) value!: number
  @Field(() => SignedMoney, { description: 'The lower end.' }) low!: number
  @Field(() => SignedMoney, { description: 'The upper end.' }) high!: number
}

@ObjectType('CampaignLift', {
  description:
    "What the campaign changed: treated against control group, everybody who was drawn, whether reached or not, each in their own time. 95 % intervals from Wilson's limits of shares (1927) and Hall's of means (1992), joined by the method of variance estimates recovery (Zou and Donner 2008); in simulated campaigns they hold the truth in 93.5 to 96.5 %.",
  simpleResolvers: true,
})
export class LiftView {
  @Field(() => GoalMetric, { description: 'Of what.' }) metric!: `${GoalMetric}`
  @Field(() => LiftVerdict, { description: 'What it says.' }) verdict!: `${LiftVerdict}`
  @Field(() => Float, {
    nullable: true,
    description:
      'Of the treated, per member: a share from 0 to 1, orders, or minor units; UNITS_PER_BUYER per buyer, so of those alone who bought. Null: of nobody.',
  })
  treated!: number | null
  @Field(() => Float, { nullable: true, description: 'The same of the control group.' }) control!: number | null
  @Field(() => EstimateView, { nullable: true, description: 'Treated less control. Null: not enough data.' }) absolute!: EstimateView | null
  @Field(() => EstimateView, {
    nullable: true,
    description: 'Treated over control, less one: 0.1 is a tenth more. Null: not enough data, or the control group has nothing.',
  })
  relative!: EstimateView | null
  @Field(() => EstimateView, {
    nullable: true,
    description: 'What the campaign brought in all: absolute times the treated. BUYERS, REPEAT_RATE (customers) and ORDERS only.',
  })
  extra!: EstimateView | null
  @Field(() => MoneyEstimateView, { nullable: true, description: 'The same of REVENUE and MARGIN; before what the campaign cost.' })
  extraAmount!: MoneyEstimateView | null
}

@ObjectType('CampaignGroup', { description: 'What one of the two groups did, each member in their own time.', simpleResolvers: true })
export class GroupView {
  @Field(() => Int, { description: 'Everybody who was drawn into it, whether reached or not.' }) members!: number
  @Field(() => Int, { description: 'Who placed an order that counts within attributionDays of joining.' }) buyers!: number
  @Field(() => Int, { description: 'Who placed one that was not their first ever.' }) repeatBuyers!: number
  @Field(() => Int, { description: 'Their orders.' }) orders!: number
  @Field(() => Int, { description: 'Those of them that were not the first of whoever placed them.' }) returningOrders!: number
  @Field(() => Float, { description: 'Units that were kept.' }) units!: number
  @Field(() => Float, { nullable: true, description: 'Units a buyer. Null: nobody bought.' }) unitsPerBuyer!: number | null
  @Field(() => Money, { description: 'What they paid, net of returns.' }) revenue!: Minor
  @Field(() => SignedMoney, { description: 'Revenue less cost of the units that were kept, of lines whose cost is known.' }) margin!: number
  @Field(() => Float, { nullable: true, description: 'The share of the revenue whose cost is known, 0 to 1. Null: there is no revenue.' })
  knownCostShare!: number | null
  @Field(() => Int, {
    description:
      'Who have become dormant or churned since they joined: they are as last evaluated, and by the same rhythm were not on joining.',
  })
  becameDormant!: number
}

@ObjectType('CampaignCost', { description: 'What a campaign cost.', simpleResolvers: true })
export class CostView {
  @Field(() => Money, { description: 'Its messages, as their providers are paid.' }) messages!: Minor
  @Field(() => Money, {
    description:
      'What the offers that are for this campaign alone, and the private links that it gives, took off the orders counted, before returns.',
  })
  discounts!: Minor
  @Field(() => Money, { description: 'What the gifts of its offers cost the shop, where that is known.' }) gifts!: Minor
  @Field(() => Money, { description: 'All of it.' }) total!: Minor
  @Field(() => Money, { nullable: true, description: 'Total by treated.returningOrders. Null: there is none.' })
  perReturningOrder!: Minor | null
  @Field(() => Money, {
    nullable: true,
    description:
      'Total by the orders that there would not have been without it. Null unless the lift of ORDERS is HIGHER: others would have come anyway.',
  })
  perExtraOrder!: Minor | null
  @Field(() => Money, {
    nullable: true,
    description:
      'What a new customer costs, to compare with: as newCustomerCost said. Null: nobody said; the shop pays for that elsewhere.',
  })
  perNewCustomer!: Minor | null
}

@ObjectType('CampaignGoalResult', { description: 'Target against result.', simpleResolvers: true })
export class GoalResultView {
  @Field(() => GoalMetric, { description: 'By what.' }) metric!: `${GoalMetric}`
  @Field(() => Float, { description: "As the campaign's goal says." }) target!: number
  @Field(() => Float, {
    nullable: true,
    description: 'What the treated did, in the same unit: pieces, minor units, percent, or units a buyer. Null: of nobody.',
  })
  result!: number | null
  @Field(() => Float, { nullable: true, description: 'Result by target; 1 is reached. Null: there is no result, or the target is 0.' })
  share!: number | null
}

@ObjectType({ simpleResolvers: true })
abstract class FiguresView {
  @Field(() => Int, { description: 'Customers to whom something went out, or who saw it on site.' }) reached!: number
  @Field(() => Int, { description: 'Customers to whom a message went out. What bounced, failed, is in doubt or waits for staff did not.' })
  sent!: number
  @Field(() => Int, { description: 'Customers of whom it is known that a message arrived.' }) delivered!: number
  @Field(() => Int, { description: 'Customers who opened a message, or clicked in one.' }) opened!: number
  @Field(() => Int, { description: 'Customers who clicked, in a message or on site.' }) clicked!: number
  @Field(() => Int, { description: 'Customers who bought within their time.' }) bought!: number
  @Field(() => Int, { description: 'Their orders that count.' }) orders!: number
  @Field(() => Float, { nullable: true, description: 'Units that were kept, a buyer. Null: nobody bought.' }) unitsPerBuyer!: number | null
  @Field(() => Money, { description: 'What they paid, net of returns.' }) revenue!: Minor
  @Field(() => SignedMoney, { description: 'Revenue less cost, of lines whose cost is known.' }) margin!: number
  @Field(() => Money, { description: 'What the messages cost.' }) messageCost!: Minor
  @Field(() => Money, { description: 'What the offers and links of the campaign took off.' }) discounts!: Minor
  @Field(() => Int, {
    description: 'Customers who unsubscribed by a message; where nothing is told apart by messages, who objected by any other way too.',
  })
  unsubscribed!: number
  @Field(() => Int, { description: 'Customers of whom a provider reported a complaint about a message.' }) complained!: number
}

@ObjectType('CampaignPart', {
  description: 'The part of a step, channel or template. Each order belongs to the last that was sent or shown before it.',
  simpleResolvers: true,
})
export class PartView extends FiguresView {
  @Field(() => String, {
    nullable: true,
    description:
      'The number of the step, the channel (ON_SITE too), or the code of the template. Null: what has none, and orders before which nothing was sent or shown.',
  })
  key!: string | null
}

@ObjectType('CampaignTierPart', { description: 'The members of one tier, as of joining.', simpleResolvers: true })
export class TierPartView extends FiguresView {
  @Field(() => String, { nullable: true, description: 'The code of the tier; null: those without one.' }) key!: string | null
  @Field(() => GroupView, { description: 'Those who are written to and given something.' }) treated!: GroupView
  @Field(() => GroupView, { description: 'Those in the control group.' }) control!: GroupView
  @Field(() => [LiftView], { description: 'What it changed among them: one entry a metric.' }) lifts!: LiftView[]
}

@ObjectType('CampaignReport', {
  description:
    'What a campaign did, counted as it is asked: while it runs, and after it. Figures of the treated, unless they say otherwise.',
  simpleResolvers: true,
})
export class ReportView extends FiguresView {
  @Field(() => CampaignView, { description: 'Of which campaign.' }) campaign!: CampaignView
  @Field(() => DateTime, { description: 'When it was counted.' }) asOf!: Date
  @Field(() => Boolean, {
    description:
      "The campaign is over, and so is everybody's time: nothing more is added. Returns lower the orders they belong to even then.",
  })
  isFinal!: boolean
  @Field(() => GroupView, { description: 'Those who are written to and given something.' }) treated!: GroupView
  @Field(() => GroupView, { description: 'The control group.' }) control!: GroupView
  @Field(() => Int, { description: 'Those of the treated who became dormant or churned since they joined, unsubscribed or objected.' })
  lost!: number
  @Field(() => CostView, { description: 'What it cost.' }) cost!: CostView
  @Field(() => GoalResultView, { nullable: true, description: 'Target against result; null: it has no goal.' }) goal!: GoalResultView | null
  @Field(() => [LiftView], { description: 'What it changed: one entry a metric.' }) lifts!: LiftView[]
  @Field(() => [PartView], { description: 'By step.' }) bySteps!: PartView[]
  @Field(() => [PartView], { description: 'By channel.' }) byChannels!: PartView[]
  @Field(() => [PartView], { description: 'By template.' }) byTemplates!: PartView[]
  @Field(() => [TierPartView], { description: 'By tier, as of joining.' }) byTiers!: TierPartView[]
  @Field(() => String, { description: 'The figures of all and of each part as CSV, amounts in minor units.' }) csv!: string
  @Field(() => String, { description: 'The lifts of all and of each tier as CSV, amounts in minor units a member.' }) liftsCsv!: string
}

/** A sum of money as it came from the database; what is more than 2^53-1 has lost its last digit anyway. */
const signed = (value: number): number => Math.max(-Number.MAX_SAFE_INTEGER, Math.min(Math.floor(value + 0.5), Number.MAX_SAFE_INTEGER))
const money = (value: number): Minor => Math.max(0, signed(value)) as Minor
const moneyOrNull = (value: number | null): Minor | null => (value === null ? null : money(value))

const end = (value: number): number | null => (Number.isFinite(value) ? value : null)
const times = ({ value, low, high }: Estimate, by: number): EstimateView => ({
  value: value * by,
  low: end(low * by),
  high: end(high * by),
})
const EXTRA: readonly string[] = ['BUYERS', 'REPEAT_RATE', 'ORDERS']
const EXTRA_AMOUNT: readonly string[] = ['REVENUE', 'MARGIN']

function toLiftView({ absolute, relative, ...lift }: Lift, members: number): LiftView {
  const of = (metrics: readonly string[]) => (absolute !== null && metrics.includes(lift.metric) ? absolute : null)
  const [extra, amount] = [of(EXTRA), of(EXTRA_AMOUNT)]
  return {
    ...lift,
    absolute: absolute && times(absolute, 1),
    relative: relative && times(relative, 1),
    extra: extra && times(extra, members),
    extraAmount: amount && {
      value: signed(amount.value * members),
      low: signed(amount.low * members),
      high: signed(amount.high * members),
    },
  }
}

const toGroupView = (group: Group): GroupView => ({
  members: group.members,
  buyers: group.buyers,
  repeatBuyers: group.repeaters,
  orders: group.orders.sum,
  returningOrders: group.returningOrders,
  units: group.units.sum,
  unitsPerBuyer: group.buyers === 0 ? null : group.units.sum / group.buyers,
  revenue: money(group.revenue.sum),
  margin: signed(group.margin.sum),
  knownCostShare: group.revenue.sum === 0 ? null : group.knownRevenue / group.revenue.sum,
  becameDormant: group.dormant,
})

const toFigures = ({ units, giftCost: _, ...figures }: Reached & Bought): FiguresView => ({
  ...figures,
  unitsPerBuyer: figures.bought === 0 ? null : units / figures.bought,
  revenue: money(figures.revenue),
  margin: signed(figures.margin),
  messageCost: money(figures.messageCost),
  discounts: money(figures.discounts),
})
const toPartView = ({ key, ...figures }: Part): PartView => ({ key, ...toFigures(figures) })
const toTierPartView = ({ key, treated, control, lifts, ...figures }: TierPart): TierPartView => ({
  key,
  ...toFigures(figures),
  treated: toGroupView(treated),
  control: toGroupView(control),
  lifts: lifts.map((lift) => toLiftView(lift, treated.members)),
})

const toCostView = (cost: Cost, newCustomerCost: Minor | null): CostView => ({
  messages: money(cost.messages),
  discounts: money(cost.discounts),
  gifts: money(cost.gifts),
  total: money(cost.total),
  perReturningOrder: moneyOrNull(cost.perReturningOrder),
  perExtraOrder: moneyOrNull(cost.perExtraOrder),
  perNewCustomer: newCustomerCost,
})

/** The report in the words of the API, with its tables. */
export const toReportView = (report: Report, newCustomerCost: Minor | null, tables: Pick<ReportView, 'csv' | 'liftsCsv'>): ReportView => ({
  ...toFigures({ ...report.reached, ...report.bought }),
  campaign: toCampaignView(report.campaign),
  asOf: new Date(report.asOf),
  isFinal: report.isFinal,
  treated: toGroupView(report.treated),
  control: toGroupView(report.control),
  lost: report.lost,
  cost: toCostView(report.cost, newCustomerCost),
  goal: report.goal,
  lifts: report.lifts.map((lift) => toLiftView(lift, report.treated.members)),
  bySteps: report.bySteps.map(toPartView),
  byChannels: report.byChannels.map(toPartView),
  byTemplates: report.byTemplates.map(toPartView),
  byTiers: report.byTiers.map(toTierPartView),
  ...tables,
})

export enum CampaignFigure {
  TREATED = 'TREATED',
  CONTROL = 'CONTROL',
  REACHED = 'REACHED',
  SENT = 'SENT',
  DELIVERED = 'DELIVERED',
  OPENED = 'OPENED',
  CLICKED = 'CLICKED',
  BOUGHT = 'BOUGHT',
  CONTROL_BOUGHT = 'CONTROL_BOUGHT',
  RETURNED = 'RETURNED',
  DISCOUNTED = 'DISCOUNTED',
  UNSUBSCRIBED = 'UNSUBSCRIBED',
  COMPLAINED = 'COMPLAINED',
  LOST = 'LOST',
  CONTROL_LOST = 'CONTROL_LOST',
}
registerEnumType(CampaignFigure, {
  name: 'CampaignFigure',
  description: 'A figure of the report of a campaign, whose customers can be listed.',
  valuesConfig: {
    TREATED: { description: 'treated.members.' },
    CONTROL: { description: 'control.members.' },
    REACHED: { description: 'reached.' },
    SENT: { description: 'sent; messageCost.' },
    DELIVERED: { description: 'delivered.' },
    OPENED: { description: 'opened.' },
    CLICKED: { description: 'clicked.' },
    BOUGHT: { description: 'bought, treated.buyers; orders, units, revenue and margin.' },
    CONTROL_BOUGHT: { description: 'control.buyers, and all that they bought.' },
    RETURNED: { description: 'treated.repeatBuyers, returningOrders: whose order in time was not their first ever.' },
    DISCOUNTED: { description: 'discounts, cost.gifts: who bought with what the campaign gives.' },
    UNSUBSCRIBED: { description: 'unsubscribed.' },
    COMPLAINED: { description: 'complained.' },
    LOST: { description: 'lost.' },
    CONTROL_LOST: { description: 'control.becameDormant.' },
  },
})
