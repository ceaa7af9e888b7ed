import type { Channel } from '../customers/customer.model.ts'

/**
 * Kinds of identities (CustomerInput.identities) that are an address on a channel, in lower case, the best first: by which a provider
 * reaches somebody there.
 */
export const IDENTITY_KINDS = {
  PUSH: ['push_token', 'push', 'device_token'],
  WECHAT: ['wechat_openid', 'openid', 'unionid', 'wechat'],
  WECOM: ['wecom_external_userid', 'external_userid', 'wecom'],
} as const satisfies Partial<Record<Channel, readonly string[]>>
