import { defineEntity, p } from '@mikro-orm/core'

export const RuleUsageRow = defineEntity({
  name: 'RuleUsageRow',
  tableName: 'rule_usage',
  properties: {
    shopId: p.integer().primary(),
    ruleId: p.uuid().primary(),
    uses: p.integer().default(0),
    taken: p.bigint('number').default(0),
  },
})

export const CustomerRuleUsageRow = defineEntity({
  name: 'CustomerRuleUsageRow',
  tableName: 'customer_rule_usage',
  properties: {
    shopId: p.integer().primary(),
    customerId: p.uuid().primary(),
    ruleId: p.uuid().primary(),
    uses: p.integer(),
  },
})

export const CustomerRuleUnitsRow = defineEntity({
  name: 'CustomerRuleUnitsRow',
  tableName: 'customer_rule_units',
  properties: {
    shopId: p.integer().primary(),
    customerId: p.uuid().primary(),
    ruleId: p.uuid().primary(),
    sku: p.text().primary(),
    units: p.bigint('number'),
  },
})

export const OfferUseRow = defineEntity({
  name: 'OfferUseRow',
  tableName: 'offer_use',
  properties: {
    shopId: p.integer().primary(),
    reservationId: p.uuid().primary(),
    ruleId: p.uuid().primary(),
    taken: p.bigint('number'),
    units: p.json<Readonly<Record<string, number>>>(),
    lineIds: p.array(),
    returnsRestore: p.boolean(),
    givenBackAt: p.datetime().nullable(),
    couponId: p.uuid().nullable(),
  },
})
