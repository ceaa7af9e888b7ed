import { registerEnumType } from 'type-graphql'

export enum TouchChannelName {
  EMAIL = 'EMAIL',
  SMS = 'SMS',
  PUSH = 'PUSH',
  WECHAT = 'WECHAT',
  WECOM = 'WECOM',
  PHONE = 'PHONE',
  POST = 'POST',
  PARCEL = 'PARCEL',
  ON_SITE = 'ON_SITE',
}
registerEnumType(TouchChannelName, {
  name: 'TouchChannel',
  description: 'A way to speak to a customer.',
  valuesConfig: {
    EMAIL: { description: 'Email.' },
    SMS: { description: 'Text messages to the phone.' },
    PUSH: { description: "Notifications of the shop's app or site." },
    WECHAT: { description: 'WeChat (微信): official account or mini program.' },
    WECOM: { description: 'WeCom (企业微信): a person of the staff writes.' },
    PHONE: { description: 'A call.' },
    POST: { description: 'A letter.' },
    PARCEL: { description: 'A card in a parcel that is sent anyway.' },
    ON_SITE: { description: 'What is shown to them on the site.' },
  },
})

export enum TouchReasonName {
  NO_CONSENT = 'NO_CONSENT',
  OBJECTED = 'OBJECTED',
  UNREACHABLE = 'UNREACHABLE',
  CAP = 'CAP',
  QUIET_HOURS = 'QUIET_HOURS',
  CARE_FIRST = 'CARE_FIRST',
  OPEN_COMPLAINT = 'OPEN_COMPLAINT',
  UNDELIVERED_ORDER = 'UNDELIVERED_ORDER',
  PENDING_REFUND = 'PENDING_REFUND',
  PRICE_SHIELD = 'PRICE_SHIELD',
  PRIORITY = 'PRIORITY',
  TOO_LATE = 'TOO_LATE',
  CONTROL_GROUP = 'CONTROL_GROUP',
  BOUGHT = 'BOUGHT',
  CONDITION = 'CONDITION',
  BUDGET = 'BUDGET',
  PAUSED = 'PAUSED',
  CAMPAIGN_OVER = 'CAMPAIGN_OVER',
  FORGOTTEN = 'FORGOTTEN',
  TEMPLATE_FAULT = 'TEMPLATE_FAULT',
}
registerEnumType(TouchReasonName, {
  name: 'TouchReason',
  description: 'Why nothing was sent, or not yet.',
  valuesConfig: {
    NO_CONSENT: { description: 'They never said yes to this, and the rule of the channel asks for it.' },
    OBJECTED: { description: 'They said no.' },
    UNREACHABLE: { description: 'There is no address of theirs, or nobody is at it.' },
    CAP: { description: 'They have heard of the shop often enough.' },
    QUIET_HOURS: { description: 'It is night where they live, or another time at which nothing is sent.' },
    CARE_FIRST: { description: 'Nobody has cared for them lately: that comes before marketing.' },
    OPEN_COMPLAINT: { description: 'They complained, and it is not settled.' },
    UNDELIVERED_ORDER: { description: 'They wait for an order.' },
    PENDING_REFUND: { description: 'They wait for their money back.' },
    PRICE_SHIELD: { description: 'They paid the full price lately for what it discounts.' },
    PRIORITY: { description: 'Another campaign, of a larger priority, goes first.' },
    TOO_LATE: { description: 'It was not wanted any more when it was asked for.' },
    CONTROL_GROUP: { description: 'They are among those who get nothing, so that the effect can be measured.' },
    BOUGHT: { description: 'They have bought.' },
    CONDITION: { description: 'What the step asks for does not hold for them.' },
    BUDGET: { description: 'The budget of the campaign is used up.' },
    PAUSED: { description: 'The campaign is paused.' },
    CAMPAIGN_OVER: { description: 'The campaign is over.' },
    FORGOTTEN: { description: 'The shop knows no such customer any more.' },
    TEMPLATE_FAULT: { description: 'The message could not be written.' },
  },
})

export enum TouchStatusName {
  DECIDED = 'DECIDED',
  SENT = 'SENT',
  DELIVERED = 'DELIVERED',
  FAILED = 'FAILED',
  BOUNCED = 'BOUNCED',
  CANCELLED = 'CANCELLED',
}
registerEnumType(TouchStatusName, {
  name: 'TouchStatus',
  description: 'How far a touch came.',
  valuesConfig: {
    DECIDED: { description: 'It is to be sent, and counts.' },
    SENT: { description: 'It went out.' },
    DELIVERED: { description: 'It arrived.' },
    FAILED: { description: 'It could not be sent, and does not count.' },
    BOUNCED: { description: 'It came back, and does not count.' },
    CANCELLED: { description: 'It was called back before it was sent, and does not count.' },
  },
})

export enum ObjectionScopeName {
  ALL = 'ALL',
  PERSONAL = 'PERSONAL',
  EMAIL = 'EMAIL',
  SMS = 'SMS',
  PUSH = 'PUSH',
  WECHAT = 'WECHAT',
  WECOM = 'WECOM',
  PHONE = 'PHONE',
  POST = 'POST',
  PARCEL = 'PARCEL',
}
registerEnumType(ObjectionScopeName, {
  name: 'ObjectionScope',
  description: 'What a customer objects to.',
  valuesConfig: {
    ALL: { description: 'To being spoken to at all.' },
    PERSONAL: { description: 'To marketing that is meant for them alone: care and what goes to everybody may be.' },
    EMAIL: { description: 'To email.' },
    SMS: { description: 'To text messages.' },
    PUSH: { description: 'To notifications.' },
    WECHAT: { description: 'To WeChat.' },
    WECOM: { description: 'To WeCom.' },
    PHONE: { description: 'To calls.' },
    POST: { description: 'To letters.' },
    PARCEL: { description: 'To cards in parcels.' },
  },
})
