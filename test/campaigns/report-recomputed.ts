import { rowsOf, sql } from '../../src/shell/sql.ts'
import type { TestShop } from '../harness/shop.ts'

// The figures of a report in a second hand: from raw rows, one customer after another, in TypeScript.

type Raw = Readonly<Record<string, unknown>>
const DAY = 86_400_000

async function rows(shop: TestShop, table: string, order: string): Promise<Raw[]> {
  const { em, shopId } = shop.world()
  const found = await rowsOf<{ row: Raw }>(
    em,
    sql`select to_jsonb(t) as row from ${sql.table(table)} t where shop_id = ${shopId} order by ${sql.raw(order)}`,
  )
  return found.map(({ row }) => row)
}
const time = (value: unknown): number => Date.parse(String(value))
const text = (value: unknown): string => String(value)
const number = (value: unknown): number => Number(value)

type Order = {
  readonly id: string
  readonly at: number
  readonly total: number
  readonly units: number
  readonly margin: number
  readonly isFirst: boolean
}
type Touch = {
  readonly at: number
  readonly step: string | null
  readonly channel: string
  readonly template: string | null
  readonly sent: boolean
  readonly seen: boolean
  readonly kinds: ReadonlySet<string>
  readonly cost: number
}
export type Person = {
  readonly id: string
  readonly treated: boolean
  readonly tier: string | null
  readonly orders: readonly Order[]
  readonly touches: readonly Touch[]
  readonly objected: boolean
  readonly dormant: boolean
}

/** Everybody who was drawn, with what they did in their time. */
export async function recomputed(shop: TestShop, code: string): Promise<Person[]> {
  const campaign = (await rows(shop, 'campaign', 'code')).find((row) => row.code === code)
  const mine = (row: Raw) => row.campaign_id === campaign?.id
  const orders = (await rows(shop, 'shop_order', 'placed_at, id')).filter((row) => row.counted === true)
  const lines = Map.groupBy(await rows(shop, 'order_line', 'line_id'), (row) => row.order_id)
  const messages = (await rows(shop, 'message', 'id')).filter(mine)
  const events = Map.groupBy(await rows(shop, 'message_event', 'id'), (row) => row.message_id)
  const seen = (await rows(shop, 'campaign_event', 'at')).filter((row) => mine(row) && row.kind !== 'DISMISSED')
  const scores = await rows(shop, 'customer_score', 'customer_id')
  const members = (await rows(shop, 'campaign_member', 'customer_id')).filter((row) => mine(row) && row.left_reason !== 'MERGED')
  return members.map((member) => {
    const theirs = (row: Raw) => row.customer_id === member.customer_id
    const joined = time(member.joined_at)
    const all = orders.filter(theirs)
    const onSite = seen.filter(theirs)
    const score = scores.find(theirs)
    const last = Math.max(...all.map((order) => time(order.placed_at)))
    const quiet = score !== undefined && (score.lifecycle === 'DORMANT' || score.lifecycle === 'CHURNED')
    return {
      id: text(member.customer_id),
      treated: member.treated === true,
      tier: member.tier_code === null ? null : text(member.tier_code),
      objected: member.left_reason === 'OBJECTED',
      dormant: quiet && all.length > 0 && (last >= joined || joined - last <= 2 * number(score?.rhythm_p90_days) * DAY),
      orders: all.flatMap((order, i): Order[] => {
        const at = time(order.placed_at)
        if (at < joined || at >= joined + number(campaign?.attribution_days) * DAY) return []
        const kept = (lines.get(order.id) ?? []).map((line) => {
          const [quantity, total, back] = [number(line.quantity), number(line.total), number(line.returned_quantity)]
          const net = total - Math.floor(total / quantity) * back - Math.min(back, total % quantity)
          return { units: quantity - back, net, cost: line.cost_price === null ? null : number(line.cost_price) }
        })
        const margin = kept.reduce((sum, { units, net, cost }) => sum + (cost === null ? 0 : net - cost * units), 0)
        return [
          {
            id: text(order.id),
            at,
            total: number(order.total),
            units: kept.reduce((sum, { units }) => sum + units, 0),
            margin,
            isFirst: i === 0,
          },
        ]
      }),
      touches: [
        ...messages.filter(theirs).map((message) => {
          const sent = ['ACCEPTED', 'SENT', 'DELIVERED'].includes(text(message.status))
          const kinds = new Set((events.get(message.id) ?? []).map(({ kind }) => text(kind)))
          if (message.status === 'DELIVERED') kinds.add('DELIVERED')
          return {
            at: message.sent_at === null ? Number.POSITIVE_INFINITY : time(message.sent_at),
            step: text(message.step),
            channel: text(message.channel),
            template: text(message.template_code),
            sent,
            seen: false,
            kinds,
            cost: number(message.cost_minor),
          }
        }),
        ...(onSite.length === 0
          ? []
          : [
              {
                at: Math.min(...onSite.map(({ at }) => time(at))),
                step: null,
                channel: 'ON_SITE',
                template: null,
                sent: false,
                seen: true,
                kinds: new Set(onSite.flatMap(({ kind }) => (kind === 'CLICKED' ? ['CLICKED'] : []))),
                cost: 0,
              },
            ]),
      ],
    }
  })
}

const arrived = ({ sent, kinds }: Touch) => sent && ['DELIVERED', 'OPENED', 'CLICKED', 'REPLIED'].some((kind) => kinds.has(kind))
const opened = ({ sent, kinds }: Touch) => sent && (kinds.has('OPENED') || kinds.has('CLICKED'))
const clicked = ({ sent, seen, kinds }: Touch) => (sent || seen) && kinds.has('CLICKED')

/** Before each order, the last that was sent or shown. */
const before = (person: Person, { at }: Order): Touch | undefined =>
  person.touches
    .filter((touch) => (touch.sent || touch.seen) && touch.at <= at)
    .sort((a, b) => b.at - a.at || Number(b.step ?? 0) - Number(a.step ?? 0))[0]

export type Among = {
  readonly touch: (touch: Touch) => boolean
  readonly order: (touch: Touch | undefined) => boolean
  readonly isWhole: boolean
}
export const EVERYBODY: Among = { touch: () => true, order: () => true, isWhole: true }

/** Whom each figure of the treated counts. */
export function figuresOf(people: readonly Person[], among: Among) {
  const treated = people.filter((person) => person.treated)
  const touched = (is: (touch: Touch) => boolean) =>
    treated.filter(({ touches }) => touches.some((touch) => among.touch(touch) && is(touch)))
  const orders = treated.flatMap((person) =>
    person.orders.filter((order) => among.order(before(person, order))).map((order) => ({ person, order })),
  )
  return {
    REACHED: touched(({ sent, seen }) => sent || seen),
    SENT: touched(({ sent }) => sent),
    DELIVERED: touched(arrived),
    OPENED: touched(opened),
    CLICKED: touched(clicked),
    COMPLAINED: touched(({ kinds }) => kinds.has('COMPLAINED')),
    UNSUBSCRIBED: treated.filter(
      ({ touches, objected }) =>
        (among.isWhole && objected) || touches.some((touch) => among.touch(touch) && touch.kinds.has('UNSUBSCRIBED')),
    ),
    BOUGHT: [...new Set(orders.map(({ person }) => person))],
    RETURNED: [...new Set(orders.filter(({ order }) => !order.isFirst).map(({ person }) => person))],
    orders: orders.map(({ order }) => order),
    cost: treated.flatMap(({ touches }) => touches.filter(among.touch)).reduce((sum, { cost }) => sum + cost, 0),
  }
}
