import type { Band, ListSource, Part, Replay, Replayed } from './simulation.model.ts'

/** What a replay comes to while orders go by: sums, and one figure for each order that changes. It holds no order. */
export type Tally = {
  orders: number
  subtotal: number
  before: number
  after: number
  readonly known: { before: number; after: number; cost: number }
  readonly byTier: Map<string | null, Sums>
  readonly byKind: Map<string | null, Sums>
  readonly byStanding: Map<string | null, Sums>
  readonly bands: Sums[]
  readonly changes: number[]
  readonly byCustomer: Map<string, { orders: number; givenAway: number }>
  readonly listPrices: Record<ListSource, number>
}
type Sums = { orders: number; changed: number; before: number; after: number }

/** The ends of the bands, in percent of what an order came to before; those below 0 became dearer. */
const ENDS = [0, 0, 1, 2, 5, 10, 20, 50] as const
const NOTHING = (): Sums => ({ orders: 0, changed: 0, before: 0, after: 0 })

export const newTally = (): Tally => ({
  orders: 0,
  subtotal: 0,
  before: 0,
  after: 0,
  known: { before: 0, after: 0, cost: 0 },
  byTier: new Map(),
  byKind: new Map(),
  byStanding: new Map(),
  bands: Array.from({ length: ENDS.length + 1 }, NOTHING),
  changes: [],
  byCustomer: new Map(),
  listPrices: { HISTORY: 0, CATALOGUE: 0, PAID: 0 },
})

export function addOrder(tally: Tally, order: Replayed): void {
  const { buyer, before, after } = order
  tally.orders += 1
  tally.subtotal += order.subtotal
  tally.before += before
  tally.after += after
  tally.known.before += order.known.before
  tally.known.after += order.known.after
  tally.known.cost += order.known.cost
  add(sumsOf(tally.byTier, buyer?.tierCode ?? null), order)
  add(sumsOf(tally.byKind, buyer?.kind ?? null), order)
  add(sumsOf(tally.byStanding, buyer === null ? null : buyer.isNew ? 'NEW' : 'RETURNING'), order)
  const band = tally.bands[bandOf(before, after)]
  if (band !== undefined) add(band, order)
  if (before === after) return
  tally.changes.push(before - after)
  if (buyer === null) return
  const gained = tally.byCustomer.get(buyer.id) ?? { orders: 0, givenAway: 0 }
  gained.orders += 1
  gained.givenAway += before - after
  tally.byCustomer.set(buyer.id, gained)
}

/** 0: dearer; 1: the same; then by how many percent it became cheaper. */
function bandOf(before: number, after: number): number {
  if (after > before) return 0
  if (after === before) return 1
  const percent = ((before - after) * 100) / before
  const place = ENDS.findIndex((end, i) => i >= 2 && percent <= end)
  return place === -1 ? ENDS.length : place
}

function add(sums: Sums, { before, after }: Replayed): void {
  sums.orders += 1
  sums.changed += before === after ? 0 : 1
  sums.before += before
  sums.after += after
}

function sumsOf(parts: Map<string | null, Sums>, key: string | null): Sums {
  const sums = parts.get(key) ?? NOTHING()
  parts.set(key, sums)
  return sums
}

const PERCENTILES = [10, 25, 50, 75, 90, 95, 99, 100] as const
const GAINERS = 10

/** What it all comes to. `tiers`: the programme's codes, the lowest first. */
export function toReplay(tally: Tally, tiers: readonly string[]): Replay {
  const { before, after, known } = tally
  return {
    orders: tally.orders,
    changed: tally.changes.length,
    subtotal: tally.subtotal,
    totalBefore: before,
    totalAfter: after,
    givenAway: before - after,
    margin:
      known.cost === 0 && known.before === 0
        ? null
        : {
            before: known.before - known.cost,
            after: known.after - known.cost,
            knownShare: before === 0 ? 100 : (100 * known.before) / before,
          },
    byTier: partsOf(tally.byTier, [null, ...tiers]),
    byKind: partsOf(tally.byKind, ['INDIVIDUAL', 'ENTERPRISE', null]),
    byStanding: partsOf(tally.byStanding, ['NEW', 'RETURNING', null]),
    bands: tally.bands.map(toBand),
    percentiles: percentilesOf(tally.changes),
    listPrices: tally.listPrices,
    gainers: [...tally.byCustomer]
      .sort(([a, x], [b, y]) => y.givenAway - x.givenAway || (a < b ? -1 : 1))
      .filter(([, { givenAway }]) => givenAway > 0)
      .slice(0, GAINERS)
      .map(([customerId, gained]) => ({ customerId, ...gained })),
  }
}

const partsOf = (parts: ReadonlyMap<string | null, Sums>, keys: readonly (string | null)[]): Part[] =>
  keys.flatMap((key) => {
    const sums = parts.get(key)
    if (sums === undefined) return []
    const { orders, changed, before, after } = sums
    return [{ key, orders, changed, totalBefore: before, totalAfter: after, givenAway: before - after }]
  })

const toBand = ({ orders, before, after }: Sums, i: number): Band => ({
  above: i === 0 ? null : i === 1 ? 0 : (ENDS[i - 1] ?? 0),
  upTo: ENDS[i] ?? null,
  orders,
  givenAway: before - after,
})

/** Of the figures the one that so many percent do not pass: the nearest rank, so that each is a figure of a real order. */
export function percentilesOf(figures: readonly number[]): { percent: number; amount: number }[] {
  const sorted = Float64Array.from(figures).sort()
  return PERCENTILES.flatMap((percent) => {
    const amount = sorted[Math.max(0, Math.ceil((percent * sorted.length) / 100) - 1)]
    return amount === undefined ? [] : [{ percent, amount }]
  })
}
