import { registerEnumType } from 'type-graphql'

export enum CustomerKind {
  INDIVIDUAL = 'INDIVIDUAL',
  ENTERPRISE = 'ENTERPRISE',
}
registerEnumType(CustomerKind, {
  name: 'CustomerKind',
  description: 'What a customer is.',
  valuesConfig: {
    INDIVIDUAL: { description: 'A person who buys for themselves.' },
    ENTERPRISE: { description: 'A company, or a person who buys for one.' },
  },
})

export enum CustomerRole {
  PURCHASER = 'PURCHASER',
  ENGINEER = 'ENGINEER',
  OTHER = 'OTHER',
}
registerEnumType(CustomerRole, {
  name: 'CustomerRole',
  description: 'What a person does in their company.',
  valuesConfig: {
    PURCHASER: { description: 'Buys.' },
    ENGINEER: { description: "Chooses what fits; prices are others' concern." },
    OTHER: { description: 'Something else.' },
  },
})

export enum CustomerPurpose {
  RESALE = 'RESALE',
  OWN_USE = 'OWN_USE',
  PRODUCTION = 'PRODUCTION',
}
registerEnumType(CustomerPurpose, {
  name: 'CustomerPurpose',
  description: 'What a customer buys for.',
  valuesConfig: {
    RESALE: { description: 'To sell it on.' },
    OWN_USE: { description: 'To use it.' },
    PRODUCTION: { description: 'To make something of it.' },
  },
})

export enum Gender {
  FEMALE = 'FEMALE',
  MALE = 'MALE',
  OTHER = 'OTHER',
}
registerEnumType(Gender, {
  name: 'Gender',
  description: 'As the customer says it.',
  valuesConfig: { FEMALE: { description: 'Female.' }, MALE: { description: 'Male.' }, OTHER: { description: 'Neither of the two.' } },
})

export enum Channel {
  EMAIL = 'EMAIL',
  SMS = 'SMS',
  PUSH = 'PUSH',
  WECHAT = 'WECHAT',
  WECOM = 'WECOM',
  PHONE = 'PHONE',
  POST = 'POST',
}
registerEnumType(Channel, {
  name: 'Channel',
  description: 'A way to reach a customer.',
  valuesConfig: {
    EMAIL: { description: 'Email.' },
    SMS: { description: 'Text messages to the phone.' },
    PUSH: { description: "Notifications of the shop's app or site." },
    WECHAT: { description: 'WeChat (微信): official account or mini program.' },
    WECOM: { description: 'WeCom (企业微信): a person of the staff writes.' },
    PHONE: { description: 'A call.' },
    POST: { description: 'Letters, and cards in parcels.' },
  },
})

export enum TouchPurpose {
  CARE = 'CARE',
  MARKETING = 'MARKETING',
}
registerEnumType(TouchPurpose, {
  name: 'TouchPurpose',
  description: 'What a customer is spoken to for.',
  valuesConfig: {
    CARE: { description: 'To look after them: nothing is sold.' },
    MARKETING: { description: 'To sell.' },
  },
})
