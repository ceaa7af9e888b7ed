import type { Minor } from '../kernel/money.ts'
import type { Part } from './simulation.model.ts'
import { BuyerKind, BuyerStanding, type SimulationView } from './simulation.schema.ts'
import type { Simulation } from './simulation.service.ts'

const toPart = ({ key: _, changed, totalBefore, totalAfter, ...part }: Part) => ({
  ...part,
  ordersChanged: changed,
  totalBefore: totalBefore as Minor,
  totalAfter: totalAfter as Minor,
})

export const toSimulationView = (simulation: Simulation): SimulationView => ({
  ruleCode: simulation.rule.code,
  ruleName: simulation.rule.name,
  isDraft: simulation.isDraft,
  orders: simulation.orders,
  ordersInWindow: simulation.ordersInWindow,
  ordersChanged: simulation.changed,
  subtotal: simulation.subtotal as Minor,
  totalBefore: simulation.totalBefore as Minor,
  totalAfter: simulation.totalAfter as Minor,
  givenAway: simulation.givenAway,
  margin: simulation.margin,
  byTier: simulation.byTier.map((part) => ({ ...toPart(part), tierCode: part.key })),
  byKind: simulation.byKind.map((part) => ({ ...toPart(part), kind: (part.key ?? 'UNKNOWN') as BuyerKind })),
  byStanding: simulation.byStanding.map((part) => ({ ...toPart(part), standing: (part.key ?? 'UNKNOWN') as BuyerStanding })),
  bands: [...simulation.bands],
  percentiles: [...simulation.percentiles],
  topCustomers: simulation.gainers.map((gainer) => {
    const customer = simulation.customers.get(gainer.customerId)
    return { ...gainer, externalId: customer?.externalId ?? null, name: customer?.name ?? null }
  }),
  listPrices: {
    fromHistory: simulation.listPrices.HISTORY,
    fromCatalogue: simulation.listPrices.CATALOGUE,
    fromPaid: simulation.listPrices.PAID,
  },
  assumptions: [...simulation.assumptions],
})
