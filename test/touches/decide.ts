import { decideTouches, markTouches } from '../../src/touches/decision.service.ts'
import type { TouchDecision, WantedTouch } from '../../src/touches/touch.model.ts'
import type { TestShop } from '../harness/shop.ts'

let made = 0

/** Decided and sent at once; what it came to, in a word or two. */
export async function send(shop: TestShop, at: string, one: WantedTouch): Promise<string> {
  const [decision] = await decide(shop, at, one)
  if (decision?.kind === 'SEND') await markTouches(shop.world(new Date(at)), [{ touchId: decision.touchId, status: 'SENT' }])
  return inWords(decision)
}

/** A wanted touch of a campaign's: marketing by email unless something else is said. */
export const wanted = (customerId: string, more: Partial<WantedTouch> = {}): WantedTouch => ({
  key: `wanted-${++made}-${Math.random()}`,
  customerId,
  purpose: 'MARKETING',
  channels: ['EMAIL'],
  campaignId: null,
  campaignCode: null,
  step: null,
  priority: 0,
  shielded: false,
  notAfter: null,
  ...more,
})

export const decide = (shop: TestShop, at: string, ...all: readonly WantedTouch[]): Promise<readonly TouchDecision[]> =>
  decideTouches(shop.world(new Date(at)), all)

/** What became of one, in a word or two. */
export async function outcome(shop: TestShop, at: string, one: WantedTouch): Promise<string> {
  const [decision] = await decide(shop, at, one)
  return inWords(decision)
}

export function inWords(decision: TouchDecision | undefined): string {
  if (decision === undefined) return 'nothing'
  if (decision.kind === 'SEND') return `SEND ${decision.channel}`
  if (decision.kind === 'HOLD') return `HOLD ${decision.reason} until ${new Date(decision.until).toISOString()}`
  return `DROP ${decision.reason}`
}

export const idOf = async (shop: TestShop, externalId: string): Promise<string> =>
  (await shop.admin('query ($ref: CustomerRef!) { customer(ref: $ref) { id } }', { ref: { externalId } })).customer.id
