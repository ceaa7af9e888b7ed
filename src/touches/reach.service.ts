import { contactName } from '../customers/contact.service.ts'
import type { World } from '../shell/world.ts'
import { findAddresses, findDeadAddresses, type PersonRow, readPersons } from './facts.store.ts'
import { IDENTITY_KINDS } from './reach.model.ts'
import type { TouchChannel } from './touch.model.ts'

/** Where somebody is reached, channel by channel: what to write on the message. A channel that is not there reaches nobody. */
export type Addresses = Readonly<Partial<Record<TouchChannel, string>>>

/** Addresses of customers, by their ids, at which nobody is known to be gone. */
export async function addressesOf(world: World, customerIds: readonly string[]): Promise<ReadonlyMap<string, Addresses>> {
  return addressesOfPersons(world, await readPersons(world, customerIds, false))
}

export async function addressesOfPersons(world: World, persons: readonly PersonRow[]): Promise<ReadonlyMap<string, Addresses>> {
  const ids = persons.map(({ id }) => id)
  const kinds = Object.values(IDENTITY_KINDS).flat()
  const names = Map.groupBy(await findAddresses(world, ids, kinds), (row) => row.customer_id)
  const dead = new Set(
    (await findDeadAddresses(world, ids)).map(({ customer_id, channel, address }) => `${customer_id} ${channel} ${address}`),
  )
  return new Map(
    persons.map((person) => {
      const given = addressesIn(person, names.get(person.id) ?? [])
      const alive = Object.entries(given).filter(([channel, address]) => !dead.has(`${person.id} ${channel} ${address.toLowerCase()}`))
      return [person.id, Object.fromEntries(alive)]
    }),
  )
}

function addressesIn(person: PersonRow, names: readonly { readonly kind: string; readonly value: string }[]): Addresses {
  const { email, phone, external_id, postal_address } = person
  const addresses: Partial<Record<TouchChannel, string>> = { ON_SITE: person.id }
  if (email !== null && contactName('email', email) !== null) addresses.EMAIL = email.trim()
  const number = phone === null ? null : contactName('phone', phone)
  if (number !== null) Object.assign(addresses, { SMS: number, PHONE: number })
  for (const [channel, kinds] of Object.entries(IDENTITY_KINDS)) {
    const found = kinds.flatMap((kind) => names.find((name) => name.kind === kind)?.value ?? [])[0]
    if (found !== undefined) addresses[channel as TouchChannel] = found
  }
  // Where it delivers to, the shop's own system knows best: it finds the address by its own name of the customer.
  const post = postal_address?.trim() || external_id
  if (post !== null && post !== undefined) Object.assign(addresses, { POST: post, PARCEL: external_id ?? post })
  return addresses
}
