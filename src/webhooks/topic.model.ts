/** A kind of event that can be subscribed to. `example`: the data of one; what is sent has the same fields, and no others. */
export type Topic = { readonly name: string; readonly description: string; readonly example: Readonly<Record<string, unknown>> }

const CUSTOMER = { id: '0198a000-0000-7000-8000-000000000001', externalId: 'mei' }
const ORDER = { externalId: 'o-1001', status: 'PAID', total: 25_900, placedAt: '2026-11-22T03:00:00.000Z', channel: 'miniprogram' }
const ALARM = {
  id: '0198a000-0000-7000-8000-000000000002',
  kind: 'TIER',
  group: 'gold',
  targetShare: 12.5,
  direction: 'AT_LEAST',
  customers: 120,
  ofCustomers: 1_000,
}
const rule = (kind: 'ladder' | 'offer', code: string) => ({ [kind]: { code, version: 3 }, bookVersion: 12 })

/** The events that there are: written down by triggers (migrations), where somebody subscribed. */
export const TOPICS: readonly Topic[] = [
  {
    name: 'customer.tier_changed',
    description:
      'A customer has another tier than before (null: none): by an evaluation, by hand, or because the time of a pin is over (`how`: EVALUATED, PINNED, UNPINNED, PIN_ENDED; the last within a minute).',
    example: { tier: { code: 'gold' }, before: { code: 'silver' }, how: 'EVALUATED', customer: CUSTOMER },
  },
  {
    name: 'company.tier_changed',
    description: 'A company has another tier than before; each of its people has it where it is better than their own.',
    example: {
      company: { id: '0198a000-0000-7000-8000-000000000003', externalId: 'acme' },
      tier: { code: 'gold' },
      before: null,
      how: 'PINNED',
      customer: null,
    },
  },
  {
    name: 'customer.merged',
    description:
      'A customer was found to be the same person as another, into whom they were merged: everything of theirs is at `into` now.',
    example: { into: { id: '0198a000-0000-7000-8000-000000000004', externalId: 'mei-2' }, customer: CUSTOMER },
  },
  {
    name: 'customer.unmerged',
    description: 'A merge was undone.',
    example: { into: { id: '0198a000-0000-7000-8000-000000000004', externalId: 'mei-2' }, customer: CUSTOMER },
  },
  {
    name: 'customer.erased',
    description:
      'Who a customer was is forgotten, with those who had been merged into them. Their id stays; nothing else is known of them.',
    example: { customer: { ...CUSTOMER, externalId: null } },
  },
  {
    name: 'segment.entered',
    description: 'A customer came into a segment: within moments of what let them in, or that day where only time passed.',
    example: { segment: { code: 'due-again' }, customer: CUSTOMER },
  },
  { name: 'segment.left', description: 'A customer left a segment.', example: { segment: { code: 'due-again' }, customer: CUSTOMER } },
  {
    name: 'ladder.published',
    description: 'A member-discount ladder is in force, or another version of it: at once, or at the instant that it was set for.',
    example: { ...rule('ladder', 'members'), customer: null },
  },
  { name: 'ladder.retired', description: 'A ladder is in force no more.', example: { ...rule('ladder', 'members'), customer: null } },
  {
    name: 'offer.published',
    description: 'An offer is in force, or another version of it.',
    example: { ...rule('offer', 'spring'), customer: null },
  },
  { name: 'offer.retired', description: 'An offer is in force no more.', example: { ...rule('offer', 'spring'), customer: null } },
  {
    name: 'coupon.issued',
    description: 'A customer has a coupon: given to them, claimed, or a code of a batch that they used first.',
    example: {
      coupon: {
        id: '0198a000-0000-7000-8000-000000000005',
        code: 'SPRING-7K2MQ',
        offerCode: 'spring',
        validUntil: '2026-12-22T03:00:00.000Z',
      },
      customer: CUSTOMER,
    },
  },
  {
    name: 'reservation.expired',
    description: 'A reservation ended by its time, and gave back what it held; within a minute.',
    example: {
      reservation: {
        id: '0198a000-0000-7000-8000-000000000006',
        reservedAt: '2026-11-22T03:00:00.000Z',
        expiresAt: '2026-11-22T03:15:00.000Z',
      },
      customer: CUSTOMER,
    },
  },
  {
    name: 'link.used',
    description: 'An order was committed at the prices of a private link.',
    example: { link: { id: '0198a000-0000-7000-8000-000000000007' }, order: { externalId: 'o-1001' }, customer: CUSTOMER },
  },
  {
    name: 'order.recorded',
    description: 'An order is known for the first time: committed from a reservation, recorded, or imported.',
    example: { order: ORDER, customer: CUSTOMER },
  },
  {
    name: 'order.changed',
    description: 'The status or the total of an order is another than before.',
    example: { order: { ...ORDER, status: 'COMPLETED' }, before: { status: 'PAID', total: 25_900 }, customer: CUSTOMER },
  },
  {
    name: 'order.returned',
    description: 'Lines of an order came back; the amount is what they are worth.',
    example: { return: { externalId: 'r-1', amount: 9_900 }, order: { externalId: 'o-1001' }, customer: CUSTOMER },
  },
  { name: 'alarm.raised', description: 'The share of a group of customers passed its target.', example: { alarm: ALARM, customer: null } },
  {
    name: 'alarm.cleared',
    description: 'It came back to its target, or the target was taken away.',
    example: { alarm: ALARM, customer: null },
  },
]

export const TOPIC_NAMES: readonly string[] = TOPICS.map(({ name }) => name)
