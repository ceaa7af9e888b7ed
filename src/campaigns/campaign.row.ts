import { defineEntity, p } from '@mikro-orm/core'
import type { ExposureStatus, Give, LeftReason, OnSite } from './campaign.model.ts'

export const CampaignRow = defineEntity({
  name: 'CampaignRow',
  tableName: 'campaign',
  properties: {
    shopId: p.integer().primary(),
    id: p.uuid().primary(),
    code: p.text(),
    name: p.text(),
    kind: p.text(),
    status: p.text(),
    goalMetric: p.text().nullable(),
    goalTarget: p.double().nullable(),
    attributionDays: p.integer(),
    budget: p.bigint('number').nullable(),
    spent: p.bigint('number').default(0),
    audience: p.text().nullable(),
    exclusions: p.array(),
    controlBp: p.integer(),
    priority: p.integer(),
    startKind: p.text(),
    startAt: p.datetime().nullable(),
    startMinute: p.integer().nullable(),
    joinUntil: p.datetime().nullable(),
    endsAt: p.datetime().nullable(),
    onSite: p.json<OnSite>().nullable(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
    startedAt: p.datetime().nullable(),
    pausedAt: p.datetime().nullable(),
    endedAt: p.datetime().nullable(),
    nextJoinAt: p.datetime().nullable(),
    owesGifts: p.boolean().default(false),
  },
})

export const CampaignStepRow = defineEntity({
  name: 'CampaignStepRow',
  tableName: 'campaign_step',
  properties: {
    shopId: p.integer().primary(),
    campaignId: p.uuid().primary(),
    number: p.smallint().primary(),
    delayHours: p.integer(),
    after: p.text(),
    channels: p.array(),
    templateCode: p.text(),
    condition: p.text().nullable(),
    onlyIf: p.text().nullable(),
    purpose: p.text(),
  },
})

export const CampaignGiveRow = defineEntity({
  name: 'CampaignGiveRow',
  tableName: 'campaign_give',
  properties: {
    shopId: p.integer().primary(),
    campaignId: p.uuid().primary(),
    number: p.smallint().primary(),
    offerCode: p.text().nullable(),
    givenAs: p.text().$type<Give['as']>(),
    tierCodes: p.array(),
    each: p.integer(),
    validDays: p.integer().nullable(),
    linkTerms: p.json<Give['linkTerms']>().nullable(),
  },
})

export const CampaignMemberRow = defineEntity({
  name: 'CampaignMemberRow',
  tableName: 'campaign_member',
  properties: {
    shopId: p.integer().primary(),
    campaignId: p.uuid().primary(),
    customerId: p.uuid().primary(),
    treated: p.boolean(),
    joinedAt: p.datetime(),
    tierCode: p.text().nullable(),
    leftAt: p.datetime().nullable(),
    leftReason: p.text().$type<LeftReason>().nullable(),
  },
})

export const ExposureRow = defineEntity({
  name: 'ExposureRow',
  tableName: 'exposure',
  properties: {
    shopId: p.integer().primary(),
    id: p.uuid().primary(),
    campaignId: p.uuid(),
    step: p.smallint(),
    customerId: p.uuid(),
    status: p.text().$type<ExposureStatus>(),
    dueAt: p.datetime(),
    decidedAt: p.datetime().nullable(),
    channel: p.text().nullable(),
    touchId: p.uuid().nullable(),
    messageId: p.uuid().nullable(),
    reason: p.text().nullable(),
  },
})
