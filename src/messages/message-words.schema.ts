import { registerEnumType } from 'type-graphql'

export enum MessageChannel {
  EMAIL = 'EMAIL',
  SMS = 'SMS',
  PUSH = 'PUSH',
  WECHAT = 'WECHAT',
  WECOM = 'WECOM',
  PHONE = 'PHONE',
  POST = 'POST',
  PARCEL = 'PARCEL',
}
registerEnumType(MessageChannel, {
  name: 'MessageChannel',
  description: 'A way by which one customer is written to, called or sent something.',
  valuesConfig: {
    EMAIL: { description: 'Mail.' },
    SMS: { description: 'A text message.' },
    PUSH: { description: "A notice of the shop's app." },
    WECHAT: { description: 'WeChat, by a service account.' },
    WECOM: { description: 'WeCom: a person of the shop confirms it.' },
    PHONE: { description: 'A call.' },
    POST: { description: 'A letter or a card by post.' },
    PARCEL: { description: 'A card in the next parcel.' },
  },
})

export enum ProviderKind {
  SMTP = 'SMTP',
  WEBHOOK = 'WEBHOOK',
  TASK = 'TASK',
}
registerEnumType(ProviderKind, {
  name: 'MessageProviderKind',
  description: 'How messages are carried.',
  valuesConfig: {
    SMTP: { description: 'By a mail server; EMAIL.' },
    WEBHOOK: { description: 'By whoever speaks the contract of providers; EMAIL, SMS, PUSH, WECHAT, WECOM.' },
    TASK: { description: "By the shop's own people, as tasks; all but EMAIL and PUSH." },
  },
})

export enum SmtpSecurity {
  TLS = 'TLS',
  STARTTLS = 'STARTTLS',
  NONE = 'NONE',
}
registerEnumType(SmtpSecurity, {
  name: 'SmtpSecurity',
  description: 'How the connection to a mail server is encrypted.',
  valuesConfig: {
    TLS: { description: 'From the first byte on; usual on port 465.' },
    STARTTLS: { description: 'Before anything is said, and nothing is sent without it; usual on port 587.' },
    NONE: { description: 'Not at all: for a server beside this one.' },
  },
})

export enum MessageStatus {
  QUEUED = 'QUEUED',
  SENDING = 'SENDING',
  DOUBTFUL = 'DOUBTFUL',
  ACCEPTED = 'ACCEPTED',
  AWAITING_STAFF = 'AWAITING_STAFF',
  SENT = 'SENT',
  DELIVERED = 'DELIVERED',
  FAILED = 'FAILED',
  BOUNCED = 'BOUNCED',
  CANCELLED = 'CANCELLED',
}
registerEnumType(MessageStatus, {
  name: 'MessageStatus',
  description: 'Where a message stands.',
  valuesConfig: {
    QUEUED: { description: 'It waits; reason says why it was put off, if it was.' },
    SENDING: { description: 'It is being given to its provider.' },
    DOUBTFUL: { description: 'Nobody knows whether it went. It is never sent again by itself: resolveDoubtfulMessage.' },
    ACCEPTED: { description: 'The provider took it and will say what became of it.' },
    AWAITING_STAFF: { description: 'A person is to do it.' },
    SENT: { description: 'It went.' },
    DELIVERED: { description: 'It arrived.' },
    FAILED: { description: 'It was not taken, for good.' },
    BOUNCED: { description: 'There is nobody at the address: nothing more is sent there.' },
    CANCELLED: { description: 'It was never given to anybody.' },
  },
})

export enum DoubtResolution {
  SEND_AGAIN = 'SEND_AGAIN',
  LEAVE = 'LEAVE',
}
registerEnumType(DoubtResolution, {
  name: 'DoubtResolution',
  description: 'What is done with a message of which nobody knows whether it went.',
  valuesConfig: {
    SEND_AGAIN: { description: 'It is sent again; the customer may have it twice.' },
    LEAVE: { description: 'It counts as sent, and is left.' },
  },
})
