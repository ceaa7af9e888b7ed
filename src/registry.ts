// First: type-graphql's decorators ask for it as each schema file loads.
import 'reflect-metadata'
import type { NonEmptyArray } from 'type-graphql'
import { KeyAdmin } from './access/key.admin.ts'
import { KeyRow, TokenKeyRow } from './access/key.row.ts'
import { AuditAdmin } from './audit/audit.admin.ts'
import { AuditEntryRow } from './audit/audit.row.ts'
import { CampaignAdmin } from './campaigns/campaign.admin.ts'
import { CampaignGiveRow, CampaignMemberRow, CampaignRow, CampaignStepRow, ExposureRow } from './campaigns/campaign.row.ts'
import { campaignsPulse } from './campaigns/campaigns.job.ts'
import { CampaignEventRow, CampaignGivenRow } from './campaigns/given.row.ts'
import { followBuyers, followObjections } from './campaigns/leaving.service.ts'
import { OnSiteStorefront } from './campaigns/on-site.storefront.ts'
import { CampaignPreviewAdmin } from './campaigns/preview.admin.ts'
import { CampaignProgressAdmin } from './campaigns/progress.admin.ts'
import { ReadyMadeCampaignAdmin } from './campaigns/ready-made.admin.ts'
import { CampaignRehearsalAdmin } from './campaigns/rehearsal.admin.ts'
import { ReportAdmin } from './campaigns/report.admin.ts'
import { RunningAdmin } from './campaigns/running.admin.ts'
import { followMessages, keepBack } from './campaigns/sending.service.ts'
import { ClaimStorefront } from './checkout/claim.storefront.ts'
import { FullPriceAdmin } from './checkout/full-price.admin.ts'
import { IdempotencyKeyRow } from './checkout/idempotency.row.ts'
import { OrderGiftsAdmin } from './checkout/order-gifts.admin.ts'
import { OrderGiftsStorefront } from './checkout/order-gifts.storefront.ts'
import { OrderPricingAdmin } from './checkout/order-pricing.admin.ts'
import { OrderSurprisesAdmin } from './checkout/order-surprises.admin.ts'
import { OrderSurprisesStorefront } from './checkout/order-surprises.storefront.ts'
import { PrivateLinkStorefront } from './checkout/private-link.storefront.ts'
import { QuoteAdmin } from './checkout/quote.admin.ts'
import { QuoteStorefront } from './checkout/quote.storefront.ts'
import { RecordedOrdersStorefront } from './checkout/recorded-orders.storefront.ts'
import { ReservationRow } from './checkout/reservation.row.ts'
import { ReservationStorefront } from './checkout/reservation.storefront.ts'
import { OrderReturnRow } from './checkout/return.row.ts'
import { ReturnStorefront } from './checkout/return.storefront.ts'
import { OrderSurpriseRow } from './checkout/surprise.row.ts'
import { TierPriceAdmin } from './checkout/tier-price.admin.ts'
import { CompanyAdmin } from './companies/company.admin.ts'
import { CompanyRow } from './companies/company.row.ts'
import { CouponBatchAdmin } from './coupons/batch.admin.ts'
import { CouponAdmin } from './coupons/coupon.admin.ts'
import { CouponBatchRow, CouponClaimsRow, CouponRow } from './coupons/coupon.row.ts'
import { CompanyPeopleAdmin } from './customers/company-people.admin.ts'
import { CompanyPeopleStorefront } from './customers/company-people.storefront.ts'
import { CustomerAdmin } from './customers/customer.admin.ts'
import { ConsentRow, CustomerRow, CustomerTagRow, IdentityRow, MergeRow } from './customers/customer.row.ts'
import { CustomerChangeRow } from './customers/customer-change.row.ts'
import { ForesightPublishingAdmin } from './foresight/publishing.admin.ts'
import { SimulationAdmin } from './foresight/simulation.admin.ts'
import { ThresholdAdmin } from './foresight/threshold.admin.ts'
import { DiagnosisAdmin } from './insights/diagnosis.admin.ts'
import { DistributionAdmin } from './insights/distribution.admin.ts'
import { ProfitAdmin } from './insights/profit.admin.ts'
import { TableAdmin } from './insights/table.admin.ts'
import { MergeAdmin } from './keeping/merge.admin.ts'
import { PersonalDataAdmin } from './keeping/personal-data.admin.ts'
import { SegmentKeepingAdmin } from './keeping/segment-keeping.admin.ts'
import { LadderAdmin } from './ladders/ladder.admin.ts'
import { LadderVersionsAdmin } from './ladders/ladder-versions.admin.ts'
import { LinkAdmin } from './links/link.admin.ts'
import { LinkUseRow, PrivateLinkCustomerRow, PrivateLinkRow } from './links/link.row.ts'
import { LinkCustomerAdmin } from './links/link-customer.admin.ts'
import { LinkFieldsAdmin } from './links/link-fields.admin.ts'
import { BroadcastAdmin } from './messages/broadcast.admin.ts'
import { BroadcastRow } from './messages/broadcast.row.ts'
import { MessageEventsAdmin } from './messages/event.admin.ts'
import { MessageEventRow } from './messages/event.row.ts'
import { MessageAdmin } from './messages/message.admin.ts'
import { MessageContentRow, MessageKeyRow, MessageRow } from './messages/message.row.ts'
import { afterMessages, beforeSending, sendBy } from './messages/message.topic.ts'
import { messagesDaily, messagesPulse } from './messages/messages.job.ts'
import { callBack } from './messages/objecting.service.ts'
import { ProviderAdmin } from './messages/provider.admin.ts'
import { MessageProviderRow } from './messages/provider.row.ts'
import { SMTP } from './messages/smtp.service.ts'
import { TaskAdmin } from './messages/task.admin.ts'
import { MessageTaskRow } from './messages/task.row.ts'
import { STAFF } from './messages/task.service.ts'
import { TemplateAdmin } from './messages/template.admin.ts'
import { MessageTemplateRow } from './messages/template.row.ts'
import { WEBHOOK } from './messages/webhook.service.ts'
import { OfferAdmin } from './offers/offer.admin.ts'
import { OfferUsageAdmin } from './offers/offer-usage.admin.ts'
import { OfferVersionsAdmin } from './offers/offer-versions.admin.ts'
import { CustomerRuleUnitsRow, CustomerRuleUsageRow, OfferUseRow, RuleUsageRow } from './offers/usage.row.ts'
import { CompanyOrdersAdmin } from './orders/company-orders.admin.ts'
import { CustomerOrdersAdmin } from './orders/customer-orders.admin.ts'
import { HabitsAdmin } from './orders/habits.admin.ts'
import { OrderAdmin } from './orders/order.admin.ts'
import { OrderGiftRow, OrderLineRow, OrderRow } from './orders/order.row.ts'
import { OrderStorefront } from './orders/order.storefront.ts'
import { afterRecount } from './orders/recounted.topic.ts'
import { ShopSettingsAdmin } from './orders/shop-settings.admin.ts'
import { CustomerStatisticsRow } from './orders/statistics.row.ts'
import { PublicationAdmin } from './pricebook/publication.admin.ts'
import { PublishingAdmin } from './pricebook/publishing.admin.ts'
import { RuleRow, RuleVersionRow, ScheduledPublicationRow } from './pricebook/rule.row.ts'
import { TierRemovalAdmin } from './pricebook/tier-removal.admin.ts'
import { VersionAdmin } from './pricebook/version.admin.ts'
import { ProductAdmin } from './products/product.admin.ts'
import { ProductPriceRow, ProductRow } from './products/product.row.ts'
import { ProductStorefront } from './products/product.storefront.ts'
import { GroupAdmin } from './scores/group.admin.ts'
import { GroupAlarmRow, GroupSizeRow, GroupTargetRow } from './scores/group.row.ts'
import { CustomerScoresAdmin, ScoreAdmin, StatisticsScoresAdmin } from './scores/score.admin.ts'
import { CustomerScoreRow, RfmMapRow, ScoreScaleRow, ScoreSettingRow } from './scores/score.row.ts'
import { followOrders } from './scores/score.service.ts'
import { scoresDaily } from './scores/scores.job.ts'
import { CustomerQueryAdmin } from './segments/customer-query.admin.ts'
import { ReadyMadeAdmin } from './segments/ready-made.admin.ts'
import { CustomerSegmentsAdmin, SegmentAdmin } from './segments/segment.admin.ts'
import { SegmentEventRow, SegmentMemberRow, SegmentRow, SegmentVersionRow } from './segments/segment.row.ts'
import { SegmentAttributesAdmin } from './segments/segment-attributes.admin.ts'
import { segmentsDaily, segmentsFollow } from './segments/segments.job.ts'
import { TagRuleAdmin } from './segments/tag-rule.admin.ts'
import { TagRuleRow } from './segments/tag-rule.row.ts'
import type { DailyJob, Follower } from './shell/background.ts'
import { Memory } from './shell/memory.ts'
import type { Pulse } from './shell/pulses.ts'
import { ProgressAdmin } from './shoppers/progress.admin.ts'
import { ShopperStorefront } from './shoppers/shopper.storefront.ts'
import { PriceBookRow, PriceBookVersionRow } from './shops/book-version.row.ts'
import { DailyRunRow } from './shops/daily-run.row.ts'
import { ShopAdmin } from './shops/shop.admin.ts'
import { ShopRow } from './shops/shop.row.ts'
import { ShopStorefront } from './shops/shop.storefront.ts'
import { TagAdmin } from './tags/tag.admin.ts'
import { followRecount } from './tiers/evaluation.service.ts'
import { CompanyTierHistoryAdmin, CustomerTierHistoryAdmin } from './tiers/history.admin.ts'
import { TierHistoryRow } from './tiers/history.row.ts'
import { PreviewAdmin } from './tiers/preview.admin.ts'
import { ReadyMadeProgrammeAdmin } from './tiers/ready-made.admin.ts'
import { StandingAdmin } from './tiers/standing.admin.ts'
import { CompanyTierAdmin, CustomerTierAdmin, TierSizeAdmin } from './tiers/standing-fields.admin.ts'
import { TierAdmin } from './tiers/tier.admin.ts'
import { TierRow } from './tiers/tier.row.ts'
import { TierStorefront } from './tiers/tier.storefront.ts'
import { tiersDaily } from './tiers/tiers.job.ts'
import { CustomerEventStorefront } from './touches/customer-event.storefront.ts'
import { ManualTouchAdmin } from './touches/manual.admin.ts'
import { CustomerEventRow, DeadAddressRow, ObjectionRow } from './touches/objection.row.ts'
import { afterObjections } from './touches/objection.topic.ts'
import { TouchPolicyAdmin } from './touches/policy.admin.ts'
import { PreferenceAdmin } from './touches/preference.admin.ts'
import { PreferenceStorefront } from './touches/preference.storefront.ts'
import { CustomerTouchesAdmin } from './touches/timeline.admin.ts'
import { TouchPolicyRow, TouchRefusalRow, TouchRow } from './touches/touch.row.ts'
import { WebhookDeliveryRow, WebhookEventRow } from './webhooks/delivery.row.ts'
import { WebhookSubscriptionRow } from './webhooks/subscription.row.ts'
import { WebhookAdmin } from './webhooks/webhook.admin.ts'
import { timePulse, webhooksDaily, webhooksPulse } from './webhooks/webhooks.job.ts'

// Rows and resolvers, listed by hand: nothing is discovered, so nothing is there that nobody put there.

export const ROWS = [
  ShopRow,
  PriceBookRow,
  PriceBookVersionRow,
  KeyRow,
  TokenKeyRow,
  AuditEntryRow,
  TierRow,
  TierHistoryRow,
  RuleRow,
  RuleVersionRow,
  ScheduledPublicationRow,
  ProductRow,
  ProductPriceRow,
  CompanyRow,
  CustomerRow,
  IdentityRow,
  CustomerTagRow,
  ConsentRow,
  MergeRow,
  OrderRow,
  OrderLineRow,
  OrderGiftRow,
  CustomerStatisticsRow,
  ScoreSettingRow,
  RfmMapRow,
  ScoreScaleRow,
  CustomerScoreRow,
  GroupSizeRow,
  GroupTargetRow,
  GroupAlarmRow,
  RuleUsageRow,
  CustomerRuleUsageRow,
  CustomerRuleUnitsRow,
  CouponBatchRow,
  CouponRow,
  CouponClaimsRow,
  ReservationRow,
  OfferUseRow,
  OrderReturnRow,
  OrderSurpriseRow,
  IdempotencyKeyRow,
  PrivateLinkRow,
  PrivateLinkCustomerRow,
  LinkUseRow,
  CustomerChangeRow,
  SegmentRow,
  SegmentVersionRow,
  SegmentMemberRow,
  SegmentEventRow,
  TagRuleRow,
  DailyRunRow,
  MessageKeyRow,
  MessageTemplateRow,
  MessageProviderRow,
  MessageRow,
  MessageContentRow,
  MessageEventRow,
  MessageTaskRow,
  BroadcastRow,
  TouchPolicyRow,
  TouchRow,
  TouchRefusalRow,
  ObjectionRow,
  DeadAddressRow,
  CustomerEventRow,
  CampaignRow,
  CampaignStepRow,
  CampaignGiveRow,
  CampaignMemberRow,
  ExposureRow,
  CampaignGivenRow,
  CampaignEventRow,
  WebhookSubscriptionRow,
  WebhookEventRow,
  WebhookDeliveryRow,
]

// biome-ignore lint/complexity/noBannedTypes: type-graphql's own type of a list of resolver classes
export const STOREFRONT: NonEmptyArray<Function> = [
  ShopStorefront,
  TierStorefront,
  ProductStorefront,
  CompanyPeopleStorefront,
  OrderStorefront,
  ShopperStorefront,
  QuoteStorefront,
  PrivateLinkStorefront,
  RecordedOrdersStorefront,
  ReservationStorefront,
  ReturnStorefront,
  ClaimStorefront,
  OrderGiftsStorefront,
  OrderSurprisesStorefront,
  OnSiteStorefront,
  CustomerEventStorefront,
  PreferenceStorefront,
]

// biome-ignore lint/complexity/noBannedTypes: type-graphql's own type of a list of resolver classes
export const ADMIN: NonEmptyArray<Function> = [
  ShopAdmin,
  TierAdmin,
  KeyAdmin,
  AuditAdmin,
  ProductAdmin,
  LadderAdmin,
  OfferAdmin,
  OfferUsageAdmin,
  CouponAdmin,
  CouponBatchAdmin,
  LinkAdmin,
  LinkFieldsAdmin,
  LinkCustomerAdmin,
  PublishingAdmin,
  PublicationAdmin,
  VersionAdmin,
  LadderVersionsAdmin,
  OfferVersionsAdmin,
  TierRemovalAdmin,
  CompanyAdmin,
  CompanyPeopleAdmin,
  CustomerAdmin,
  TagAdmin,
  OrderAdmin,
  OrderGiftsAdmin,
  OrderPricingAdmin,
  OrderSurprisesAdmin,
  MergeAdmin,
  PersonalDataAdmin,
  CustomerOrdersAdmin,
  CompanyOrdersAdmin,
  HabitsAdmin,
  ShopSettingsAdmin,
  ScoreAdmin,
  CustomerScoresAdmin,
  StatisticsScoresAdmin,
  GroupAdmin,
  CustomerQueryAdmin,
  SegmentAdmin,
  SegmentKeepingAdmin,
  CustomerSegmentsAdmin,
  TagRuleAdmin,
  ReadyMadeAdmin,
  SegmentAttributesAdmin,
  StandingAdmin,
  CustomerTierAdmin,
  CompanyTierAdmin,
  CustomerTierHistoryAdmin,
  CompanyTierHistoryAdmin,
  PreviewAdmin,
  ReadyMadeProgrammeAdmin,
  ProgressAdmin,
  TierSizeAdmin,
  TouchPolicyAdmin,
  PreferenceAdmin,
  CustomerTouchesAdmin,
  ManualTouchAdmin,
  QuoteAdmin,
  DiagnosisAdmin,
  DistributionAdmin,
  ProfitAdmin,
  TableAdmin,
  TierPriceAdmin,
  FullPriceAdmin,
  ForesightPublishingAdmin,
  SimulationAdmin,
  ThresholdAdmin,
  MessageEventsAdmin,
  TaskAdmin,
  BroadcastAdmin,
  TemplateAdmin,
  ProviderAdmin,
  MessageAdmin,
  CampaignAdmin,
  RunningAdmin,
  CampaignProgressAdmin,
  ReportAdmin,
  CampaignPreviewAdmin,
  CampaignRehearsalAdmin,
  ReadyMadeCampaignAdmin,
  WebhookAdmin,
]

/** What is done once a day of each shop's, one after another: what a later one asks for, an earlier one found out. */
export const DAILY: readonly DailyJob[] = [scoresDaily, segmentsDaily, tiersDaily, messagesDaily, webhooksDaily]

/** What follows each change, one after another. */
export const FOLLOWERS: readonly Follower[] = [segmentsFollow]
/** What is looked after all the time, shop by shop. */
export const PULSES: readonly Pulse[] = [campaignsPulse, messagesPulse, webhooksPulse, timePulse]
/** A process's memory, with what later domains do when earlier ones act: whoever opens the database makes one with this. */
export function newMemory(): Memory {
  const memory = new Memory()
  afterRecount(memory, followOrders)
  // After scores: tiers may ask for them.
  afterRecount(memory, followRecount)
  afterRecount(memory, followBuyers)
  afterObjections(memory, followObjections)
  afterObjections(memory, callBack)
  beforeSending(memory, keepBack)
  afterMessages(memory, followMessages)
  sendBy(memory, 'SMTP', SMTP)
  sendBy(memory, 'WEBHOOK', WEBHOOK)
  sendBy(memory, 'TASK', STAFF)
  return memory
}

/** The two APIs, each at /<name>/graphql and printed in schema/<name>.graphql. */
export const APIS = [
  ['storefront', STOREFRONT],
  ['admin', ADMIN],
] as const
