import { registerEnumType } from 'type-graphql'

export enum CampaignKind {
  CARE = 'CARE',
  RECALL = 'RECALL',
  WIN_BACK = 'WIN_BACK',
  MARKETING = 'MARKETING',
  ANNOUNCEMENT = 'ANNOUNCEMENT',
}
registerEnumType(CampaignKind, {
  name: 'CampaignKind',
  description: 'What a campaign is for.',
  valuesConfig: {
    CARE: { description: 'It sells nothing: thanks, birthdays, how to use what was bought.' },
    RECALL: { description: 'It brings back customers who are due.' },
    WIN_BACK: { description: 'It brings back customers who are lost.' },
    MARKETING: { description: 'It sells.' },
    ANNOUNCEMENT: { description: 'It tells of something new: arrivals, restocked goods, a member day.' },
  },
})

export enum CampaignStatus {
  DRAFT = 'DRAFT',
  SCHEDULED = 'SCHEDULED',
  RUNNING = 'RUNNING',
  PAUSED = 'PAUSED',
  FINISHED = 'FINISHED',
  CANCELLED = 'CANCELLED',
}
registerEnumType(CampaignStatus, {
  name: 'CampaignStatus',
  description: 'Where a campaign stands.',
  valuesConfig: {
    DRAFT: { description: 'It is being written; nothing happens.' },
    SCHEDULED: { description: 'It starts by itself at start.at.' },
    RUNNING: { description: 'Customers take part and are written to.' },
    PAUSED: { description: 'Nobody is written to and nobody joins; what it gives stays given. It can go on.' },
    FINISHED: { description: 'Its time is over, or everything was sent and looked at.' },
    CANCELLED: { description: 'Staff ended it for good.' },
  },
})

export enum GoalMetric {
  ORDERS = 'ORDERS',
  REVENUE = 'REVENUE',
  MARGIN = 'MARGIN',
  BUYERS = 'BUYERS',
  REPEAT_RATE = 'REPEAT_RATE',
  UNITS_PER_BUYER = 'UNITS_PER_BUYER',
}
registerEnumType(GoalMetric, {
  name: 'CampaignGoalMetric',
  description: 'What a campaign is measured by.',
  valuesConfig: {
    ORDERS: { description: 'Orders that count, of those who take part and are not in the control group.' },
    REVENUE: { description: 'What they paid, less returns; in minor units.' },
    MARGIN: { description: 'Revenue less cost of what has a known cost; in minor units.' },
    BUYERS: { description: 'How many of them bought.' },
    REPEAT_RATE: { description: 'The share of them that bought again: placed an order that was not their first ever. In percent.' },
    UNITS_PER_BUYER: { description: 'Units that a buyer bought, on average.' },
  },
})

export enum CampaignStartKind {
  ONCE = 'ONCE',
  DAILY = 'DAILY',
  USUAL_HOUR = 'USUAL_HOUR',
}
registerEnumType(CampaignStartKind, {
  name: 'CampaignStartKind',
  description: 'How customers come to take part.',
  valuesConfig: {
    ONCE: { description: 'Everybody whom the audience holds when it starts.' },
    DAILY: { description: 'Those, and then each day whoever newly matches. Nobody takes part twice.' },
    USUAL_HOUR: {
      description:
        'As ONCE; each step waits for the hour at which the customer usually buys, the first for their weekday too. Of whom that is not known: when the shop usually sells.',
    },
  },
})

export enum StepDelayAfter {
  JOINED = 'JOINED',
  PREVIOUS = 'PREVIOUS',
}
registerEnumType(StepDelayAfter, {
  name: 'CampaignStepDelayAfter',
  description: 'From when on the delay of a step counts.',
  valuesConfig: {
    JOINED: { description: 'When the customer joined; but never before the step before it.' },
    PREVIOUS: { description: 'When the step before was sent, or left out; for the first step, when the customer joined.' },
  },
})

export enum StepOnlyIf {
  NOT_BOUGHT = 'NOT_BOUGHT',
  OPENED_NOT_BOUGHT = 'OPENED_NOT_BOUGHT',
}
registerEnumType(StepOnlyIf, {
  name: 'CampaignStepOnlyIf',
  description: 'When a step is sent at all. Whoever bought left the campaign anyway once the order counted.',
  valuesConfig: {
    NOT_BOUGHT: { description: 'Not to whoever placed an order since they joined, even one that does not count yet.' },
    OPENED_NOT_BOUGHT: { description: 'And only to those who opened or clicked something that this campaign sent before.' },
  },
})

export enum GiveAs {
  COUPON = 'COUPON',
  OFFER = 'OFFER',
  LINK = 'LINK',
}
registerEnumType(GiveAs, {
  name: 'CampaignGiveAs',
  description: 'How those who take part get something.',
  valuesConfig: {
    COUPON: { description: 'Coupons of the offer in their wallet.' },
    OFFER: { description: 'The offer is theirs at checkout for as long as the campaign runs.' },
    LINK: { description: 'A private link of their own.' },
  },
})
