import type { MedusaContainer } from '@medusajs/framework/types'
import { ContainerRegistrationKeys } from '@medusajs/framework/utils'
import type { CustomerInput } from '@regulars/client'
import { REGULARS } from '../modules/regulars/index.ts'
import type { RegularsOptions } from '../modules/regulars/options.ts'
import type { RegularsModuleService } from '../modules/regulars/service.ts'

const FIELDS = [
  'id',
  'email',
  'first_name',
  'last_name',
  'phone',
  'has_account',
  'created_at',
  'metadata',
  'groups.id',
  'groups.name',
  'addresses.city',
  'addresses.province',
  'addresses.country_code',
  'addresses.is_default_shipping',
]

type Address = { city: string | null; province: string | null; country_code: string | null; is_default_shipping: boolean }
type Group = { readonly id: string; readonly name: string }
type Customer = {
  readonly id: string
  readonly email: string | null
  readonly first_name: string | null
  readonly last_name: string | null
  readonly phone: string | null
  readonly has_account: boolean
  readonly created_at: string | Date
  readonly metadata: Record<string, unknown> | null
  readonly groups?: readonly (Group | null)[]
  readonly addresses?: readonly (Address | null)[]
}

/** Tells of those of these customers who have an account: a guest is nobody, whatever email they typed. */
export async function tellCustomers(container: MedusaContainer, ids: readonly string[]): Promise<number> {
  const regulars = container.resolve<RegularsModuleService>(REGULARS)
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({ entity: 'customer', fields: FIELDS, filters: { id: [...ids] } })
  const { data: groups } = await query.graph({ entity: 'customer_group', fields: ['id', 'name'] })
  const customers = (data as unknown as readonly Customer[])
    .filter(({ has_account }) => has_account)
    .map((customer) => customerInput(customer, groups, regulars.settings))
  if (customers.length > 0) await regulars.acts.upsertCustomers({ customers })
  return customers.length
}

function customerInput(customer: Customer, all: readonly Group[], { customer: more }: RegularsOptions): CustomerInput {
  const { id, email, phone, metadata, created_at } = customer
  const groups = (customer.groups ?? []).filter((group) => group !== null)
  const own = more?.({ id, email, phone, metadata, groups: groups.map(({ name }) => name) }) ?? {}
  const addresses = (customer.addresses ?? []).filter((address) => address !== null)
  const home = addresses.find(({ is_default_shipping }) => is_default_shipping) ?? addresses[0]
  return {
    externalId: id,
    // Medusa's accounts prove a password, not an address: whoever verifies them says so by the option `customer`.
    email,
    phone,
    name: [customer.first_name, customer.last_name].filter(Boolean).join(' ') || null,
    registeredAt: new Date(created_at).toISOString(),
    country: home?.country_code?.toUpperCase() ?? null,
    region: home?.province ?? null,
    city: home?.city ?? null,
    ...own,
    attributes: { ...membership(groups, all), ...(own.attributes as object | undefined) },
  }
}

/** Tags cannot be taken back here, attributes can: each group is one, true for its members and absent for others. */
function membership(groups: readonly Group[], all: readonly Group[]): Record<string, true | null> {
  const ids = new Set(groups.map(({ id }) => id))
  return Object.fromEntries(all.map((group) => [groupAttribute(group), ids.has(group.id) || null]))
}

/** As customer queries write it after `attributes.`: the group's name, or its id where the name has no letters for one. */
function groupAttribute({ id, name }: Group): string {
  const word = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
  return `group_${word === '' ? id : word}`
}
