import { holdCustomerIds, unknownCustomer } from '../customers/customer.service.ts'
import { type Problem, within } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { newId } from '../shell/ids.ts'
import { transact, type World } from '../shell/world.ts'
import type { GivenEvent } from './customer-event.model.ts'
import { checkEvents } from './customer-event.rules.ts'
import { type NewEvent, writeEvents } from './customer-event.store.ts'

/**
 * Keeps what happened to customers, each event under its external id: all of them or none, in whatever order they come. What is
 * open follows from when things happened. An event without an instant happened now, and keeps that instant when it is told again.
 */
export function recordCustomerEvents(world: World, given: readonly GivenEvent[]): Promise<Result<number, Problem>> {
  return transact(world, async (tx) => {
    const checked = checkEvents(given, tx.now)
    if (!checked.ok) return checked
    const ids = await holdCustomerIds(
      tx,
      given.map(({ customer }) => customer),
    )
    const events: NewEvent[] = []
    for (const [i, { externalId, customer, kind, subject, at, isDated }] of checked.value.entries()) {
      const customerId = ids[i]
      if (!customerId) return refuse(within(unknownCustomer(customer), 'events', i, 'customer'))
      events.push({ id: newId(), externalId, customerId, kind, subject: subject?.trim() ?? '', at: new Date(at).toISOString(), isDated })
    }
    return accept(await writeEvents(tx, events))
  })
}
