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
  'groups.name',
  'addresses.city',
  'addresses.province',
  'addresses.country_code',
  'addresses.is_default_shipping',
]

type Address = { city: string | null; province: string | null; country_code: string | null; is_default_shipping: boolean }
type Customer = {
  readonly id: string
  readonly email: string | null
  readonly first_name: string | null
  readonly last_name: string | null
  readonly phone: string | null
  readonly has_account: boolean
  readonly created_at: string | Date
  readonly metadata: Record<string, unknown> | null
  readonly groups?: readonly ({ name: string } | null)[]
  readonly addresses?: readonly (Address | null)[]
}

/** Tells of those of these customers who have an account: a guest is nobody, whatever email they typed. */
export async function tellCustomers(container: MedusaContainer, ids: readonly string[]): Promise<number> {
  const regulars = container.resolve<RegularsModuleService>(REGULARS)
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({ entity: 'customer', fields: FIELDS, filters: { id: [...ids] } })
  const customers = (data as unknown as readonly Customer[])
    .filter(({ has_account }) => has_account)
    .map((customer) => customerInput(customer, regulars.settings))
  if (customers.length > 0) await regulars.acts.upsertCustomers({ customers })
  return customers.length
}

function customerInput(customer: Customer, { customer: more }: RegularsOptions): CustomerInput {
  const { id, email, phone, metadata, created_at } = customer
  const groups = (customer.groups ?? []).flatMap((group) => group?.name ?? []).toSorted()
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
    attributes: { medusa_groups: groups },
    ...more?.({ id, email, phone, metadata, groups }),
  }
}
