import { createHmac, timingSafeEqual } from 'node:crypto'
import { isUuid } from '../kernel/id.ts'
import type { MessageChannel } from './message.model.ts'

/** Who unsubscribes, from which channel, and by which message they came. */
export type Unsubscriber = { readonly customerId: string; readonly channel: MessageChannel; readonly messageId: string }

/** Numbers for good: they are in mails that people keep. */
const CHANNELS: readonly MessageChannel[] = ['EMAIL', 'SMS', 'PUSH', 'WECHAT', 'WECOM', 'PHONE', 'POST', 'PARCEL']
/** 128 bits: nobody guesses one. */
const MAC_BYTES = 16

const bytesOf = (uuid: string) => Buffer.from(uuid.replaceAll('-', ''), 'hex')
const uuidOf = (bytes: Buffer) => bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

/**
 * `main.<44 characters>.<22 characters>`: the shop, who and what, and that the shop wrote it (HMAC-SHA-256 under its secret, over both
 * others). Nothing is kept of it, and it is good for good: whoever finds the mail in years may unsubscribe.
 */
export function writeUnsubscribe(shopCode: string, { customerId, channel, messageId }: Unsubscriber, secret: Uint8Array): string {
  if (!isUuid(customerId) || !isUuid(messageId)) throw new RangeError('not ids')
  const body = Buffer.concat([bytesOf(customerId), bytesOf(messageId), Buffer.from([CHANNELS.indexOf(channel)])]).toString('base64url')
  return `${shopCode}.${body}.${macOf(shopCode, body, secret).toString('base64url')}`
}

const macOf = (shopCode: string, body: string, secret: Uint8Array) =>
  createHmac('sha256', secret).update(`unsubscribe/1/${shopCode}/${body}`).digest().subarray(0, MAC_BYTES)

/** The shop that a token names; empty for what is no token at all. */
export const shopOfUnsubscribe = (token: string): string => /^([a-z0-9-]{1,40})\.[\w-]{44}\.[\w-]{22}$/.exec(token)?.[1] ?? ''

/** Null for what this shop did not write. */
export function readUnsubscribe(token: string, secret: Uint8Array): Unsubscriber | null {
  const shopCode = shopOfUnsubscribe(token)
  const [, body = '', mac = ''] = token.split('.')
  if (shopCode === '') return null
  const [expected, given] = [macOf(shopCode, body, secret), Buffer.from(mac, 'base64url')]
  // Written back, so that of the texts that stand for the same bytes one is good.
  if (given.length !== MAC_BYTES || given.toString('base64url') !== mac || !timingSafeEqual(expected, given)) return null
  const bytes = Buffer.from(body, 'base64url')
  const channel = CHANNELS[bytes[32] ?? -1]
  if (bytes.length !== 33 || bytes.toString('base64url') !== body || channel === undefined) return null
  return { customerId: uuidOf(bytes.subarray(0, 16)), channel, messageId: uuidOf(bytes.subarray(16, 32)) }
}
