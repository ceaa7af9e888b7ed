import { Foundation } from './0001-foundation.ts'
import { Checkout } from './0002-checkout.ts'
import { Coupons } from './0003-coupons.ts'
import { Links } from './0004-links.ts'
import { History } from './0005-history.ts'
import { Surprises } from './0006-surprises.ts'
import { Foresight } from './0007-foresight.ts'
import { Scores } from './0008-scores.ts'
import { Segments } from './0009-segments.ts'
import { TierProgramme } from './0010-tier-programme.ts'
import { OrdersAndPredictions } from './0011-orders-and-predictions.ts'
import { Touches } from './0012-touches.ts'
import { Messages } from './0013-messages.ts'
import { Channels } from './0014-channels.ts'
import { Campaigns } from './0015-campaigns.ts'
import { WhatCampaignsGive } from './0016-what-campaigns-give.ts'
import { Webhooks } from './0017-webhooks.ts'

/** Every migration in order, by hand: append, never edit. */
export const migrations = [
  { name: '0001-foundation', class: Foundation },
  { name: '0002-checkout', class: Checkout },
  { name: '0003-coupons', class: Coupons },
  { name: '0004-links', class: Links },
  { name: '0005-history', class: History },
  { name: '0006-surprises', class: Surprises },
  { name: '0007-foresight', class: Foresight },
  { name: '0008-scores', class: Scores },
  { name: '0009-segments', class: Segments },
  { name: '0010-tier-programme', class: TierProgramme },
  { name: '0011-orders-and-predictions', class: OrdersAndPredictions },
  { name: '0012-touches', class: Touches },
  { name: '0013-messages', class: Messages },
  { name: '0014-channels', class: Channels },
  { name: '0015-campaigns', class: Campaigns },
  { name: '0016-what-campaigns-give', class: WhatCampaignsGive },
  { name: '0017-webhooks', class: Webhooks },
]
