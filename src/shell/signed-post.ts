import { Webhook } from 'standardwebhooks'
import type { Instant } from '../kernel/clock.ts'
import type { Result } from '../kernel/result.ts'
import { type OutboundAnswer, type OutboundFault, type OutboundPost, postOutbound } from './outbound.ts'

/** Something that is told to a program of somebody's: under `id` however often it is told. */
export type SignedPost = Omit<OutboundPost, 'headers'> & {
  readonly id: string
  readonly at: Instant
  /** One signature each: while a secret is changed, the new one and the one before. */
  readonly secrets: readonly string[]
}

/** Posts JSON as Standard Webhooks has it. */
export function postSigned({ id, at, secrets, ...post }: SignedPost): Promise<Result<OutboundAnswer, OutboundFault>> {
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'Regulars',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at / 1_000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, new Date(at), post.body)).join(' '),
  }
  return postOutbound({ ...post, headers })
}
