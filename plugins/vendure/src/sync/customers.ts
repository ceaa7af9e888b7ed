import { Inject, Injectable } from '@nestjs/common'
import type { CustomerInput, Storefront } from '@regulars/client'
import { Customer, CustomerGroup, type ID, type RequestContext, TransactionalConnection } from '@vendure/core'
import { In, IsNull, MoreThan } from 'typeorm'
import { SETTINGS, type Settings } from '../options'

@Injectable()
export class CustomerSync {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly connection: TransactionalConnection,
  ) {}

  async send(ctx: RequestContext, storefront: Storefront, ids: readonly ID[]): Promise<void> {
    const customers = await this.connection.getRepository(ctx, Customer).find({
      where: { id: In([...ids]), deletedAt: IsNull(), channels: { id: ctx.channelId } },
      relations: { user: true, groups: true },
    })
    if (customers.length === 0) return
    const groups = await this.connection.getRepository(ctx, CustomerGroup).find()
    await storefront.upsertCustomers({ customers: customers.map((customer) => this.told(customer, groups)) })
  }

  /** The next ids of the channel, for the full sync. */
  async after(ctx: RequestContext, id: ID, take: number): Promise<ID[]> {
    const where = { id: MoreThan(id), deletedAt: IsNull(), channels: { id: ctx.channelId } }
    const found = await this.connection.getRepository(ctx, Customer).find({ where, order: { id: 'ASC' }, take, select: { id: true } })
    return found.map((customer) => customer.id)
  }

  async ofGroup(ctx: RequestContext, groupId: ID): Promise<ID[]> {
    const where = { groups: { id: groupId }, deletedAt: IsNull(), channels: { id: ctx.channelId } }
    const found = await this.connection.getRepository(ctx, Customer).find({ where, select: { id: true } })
    return found.map((customer) => customer.id)
  }

  private told(customer: Customer, groups: readonly CustomerGroup[]): CustomerInput {
    const { user, emailAddress, firstName, lastName, phoneNumber, createdAt } = customer
    const own = this.settings.customer?.(customer) ?? {}
    return {
      externalId: String(customer.id),
      email: emailAddress,
      // Whoever typed an address is not yet who it belongs to.
      emailVerified: user?.verified === true && user.identifier.toLowerCase() === emailAddress.toLowerCase(),
      name: `${firstName} ${lastName}`.trim(),
      phone: phoneNumber || null,
      registeredAt: createdAt.toISOString(),
      ...own,
      attributes: { ...groupsOf(customer, groups), ...(own.attributes as object | undefined) },
    }
  }
}

/** Tags cannot be taken back here, attributes can: each group is one, true for its members and absent for others. */
function groupsOf(customer: Customer, groups: readonly CustomerGroup[]): Record<string, true | null> {
  const isMember = (group: CustomerGroup) => customer.groups.some(({ id }) => id === group.id)
  return Object.fromEntries(groups.map((group) => [groupAttribute(group), isMember(group) || null]))
}

/** As customer queries write it after `attributes.`: the group's name, or its id where the name has no letters for one. */
export function groupAttribute({ id, name }: Pick<CustomerGroup, 'id' | 'name'>): string {
  const word = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
  return `group_${word === '' ? id : word}`
}
