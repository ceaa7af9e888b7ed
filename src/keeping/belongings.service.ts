import { CAMPAIGNS } from '../campaigns/belongings.service.ts'
import { CAMPAIGN_GIFTS } from '../campaigns/given-belongings.service.ts'
import { CHECKED_OUT } from '../checkout/belongings.service.ts'
import { COUPONS } from '../coupons/belongings.service.ts'
import type { Belongings } from '../customers/merge.model.ts'
import { LINKS } from '../links/belongings.service.ts'
import { MESSAGE_EVENTS, MESSAGES_TO, STAFF_TASKS } from '../messages/belongings.service.ts'
import { LIMITS_USED } from '../offers/belongings.service.ts'
import { ORDERS, STATISTICS } from '../orders/belongings.service.ts'
import { SCORES } from '../scores/belongings.service.ts'
import { SEGMENTS } from '../segments/belongings.service.ts'
import { STANDINGS } from '../tiers/history.service.ts'
import { TOUCHES } from '../touches/belongings.service.ts'
import { EVENTS_TOLD } from '../webhooks/belongings.service.ts'

/**
 * Everything of customers that moves when they are merged, is told when they ask, and is forgotten with them. A domain that
 * keeps something of them adds its own here. They are held in this order: who follows changes is waited for first.
 */
export const BELONGINGS: readonly Belongings[] = [
  SEGMENTS,
  CAMPAIGNS,
  CAMPAIGN_GIFTS,
  STANDINGS,
  ORDERS,
  STATISTICS,
  SCORES,
  COUPONS,
  LINKS,
  CHECKED_OUT.reservations,
  LIMITS_USED,
  MESSAGES_TO,
  MESSAGE_EVENTS,
  STAFF_TASKS,
  CHECKED_OUT.gifts,
  CHECKED_OUT.returns,
  TOUCHES,
  EVENTS_TOLD,
]
