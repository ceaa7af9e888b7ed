import { defineEntity, p } from '@mikro-orm/core'

export const CampaignGivenRow = defineEntity({
  name: 'CampaignGivenRow',
  tableName: 'campaign_given',
  properties: {
    shopId: p.integer().primary(),
    campaignId: p.uuid().primary(),
    give: p.smallint().primary(),
    customerId: p.uuid().primary(),
    givenAt: p.datetime(),
    couponIds: p.array().columnType('uuid[]').default([]),
    linkId: p.uuid().nullable(),
    sealed: p.blob().nullable(),
  },
})

export const CampaignEventRow = defineEntity({
  name: 'CampaignEventRow',
  tableName: 'campaign_event',
  properties: {
    shopId: p.integer().primary(),
    campaignId: p.uuid().primary(),
    customerId: p.uuid().primary(),
    kind: p.text().primary(),
    day: p.date().primary(),
    at: p.datetime(),
  },
})
