import { defineEntity, p } from '@mikro-orm/core'
import type { Channel } from '../customers/customer.model.ts'
import type { EventKind } from './customer-event.model.ts'
import type { ObjectionScope } from './objection.model.ts'

export const ObjectionRow = defineEntity({
  name: 'ObjectionRow',
  tableName: 'objection',
  properties: {
    shopId: p.integer().primary(),
    id: p.uuid().primary(),
    customerId: p.uuid(),
    scope: p.text().$type<ObjectionScope>(),
    at: p.datetime(),
    source: p.text().nullable(),
    wording: p.text().nullable(),
    notedBy: p.text(),
    notedAt: p.datetime(),
    withdrawnAt: p.datetime().nullable(),
    withdrawnSource: p.text().nullable(),
    withdrawnWording: p.text().nullable(),
  },
})

export const DeadAddressRow = defineEntity({
  name: 'DeadAddressRow',
  tableName: 'dead_address',
  properties: {
    shopId: p.integer().primary(),
    customerId: p.uuid().primary(),
    channel: p.text().$type<Channel>().primary(),
    address: p.text().primary(),
    since: p.datetime(),
    why: p.text(),
  },
})

export const CustomerEventRow = defineEntity({
  name: 'CustomerEventRow',
  tableName: 'customer_event',
  properties: {
    shopId: p.integer().primary(),
    id: p.uuid().primary(),
    externalId: p.text(),
    customerId: p.uuid(),
    kind: p.text().$type<EventKind>(),
    subject: p.text(),
    at: p.datetime(),
    recordedAt: p.datetime(),
  },
})
