import type { Instant } from '../kernel/clock.ts'
import type { CartLink } from '../pricing/cart.ts'
import type { LinkRefusal, PrivateLink } from './link.model.ts'

/** Why a link is not there for anybody at an instant, its uses aside; null when it is. */
export function whyClosed({ status, validFrom }: PrivateLink, at: Instant): 'REVOKED' | 'EXPIRED' | 'NOT_BEGUN' | null {
  if (status === 'REVOKED' || status === 'EXPIRED') return status
  return validFrom !== null && at < validFrom ? 'NOT_BEGUN' : null
}

/** Whether whoever holds the link may look at it. */
export const isOpen = (link: PrivateLink, at: Instant): boolean => link.status === 'ACTIVE' && whyClosed(link, at) === null

/** A link in a cart, as the engine takes it. */
export function toCartLink(link: PrivateLink | null, refusal: LinkRefusal | null): CartLink {
  if (link !== null && refusal === null) return { kind: 'OPEN', id: link.id, name: link.name, items: link.items }
  return { kind: 'CLOSED', id: link?.id ?? null, outcome: OUTCOMES[refusal ?? 'UNKNOWN'] }
}

const OUTCOMES = {
  UNKNOWN: 'UNKNOWN_CODE',
  REVOKED: 'NOT_LIVE',
  EXPIRED: 'NOT_LIVE',
  NOT_BEGUN: 'NOT_LIVE',
  NOT_FOR_THEM: 'NOT_IN_AUDIENCE',
  USED_UP: 'LIMIT_REACHED',
} as const
