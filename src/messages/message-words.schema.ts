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
  description: 'A channel on which messages go to one customer each.',
  valuesConfig: {
    EMAIL: { description: 'Mail, over SMTP or by a provider.' },
    SMS: { description: 'Text messages, of texts that a provider approved.' },
    PUSH: { description: "Notifications of the shop's app." },
    WECHAT: { description: 'WeChat, by openid or unionid.' },
    WECOM: { description: 'WeCom; often a person confirms the sending.' },
    PHONE: { description: 'A person calls.' },
    POST: { description: 'A letter.' },
    PARCEL: { description: 'A card in the next parcel.' },
  },
})
