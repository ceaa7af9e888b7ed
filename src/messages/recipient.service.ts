import { contactName } from '../customers/contact.service.ts'
import type { Customer, Identity } from '../customers/customer.model.ts'
import type { MessageChannel } from './message.model.ts'
import { isEmail } from './provider.rules.ts'

/** What is known of where a customer is reached. `badEmail`: an address to which mail came back for good. */
export type Reachable = { readonly customer: Customer; readonly identities: readonly Identity[]; readonly badEmail: string | null }

/** Where a customer is reached on a channel; null: nowhere. A masked phone number is nowhere. */
export function recipientOf({ customer, identities, badEmail }: Reachable, channel: MessageChannel): string | null {
  const named = (...kinds: readonly string[]) => identities.find(({ kind }) => kinds.includes(kind))?.value ?? null
  const phone = customer.phone === null ? null : contactName('phone', customer.phone)
  switch (channel) {
    case 'EMAIL':
      return customer.email !== null && isEmail(customer.email) && customer.email !== badEmail ? customer.email : null
    case 'SMS':
    case 'PHONE':
      return phone
    case 'WECHAT':
      return named('openid', 'unionid')
    case 'WECOM':
      return named('wecom', 'unionid') ?? phone
    case 'PUSH':
      return named('push') ?? customer.externalId
    // The shop's own people do it for whom they know; the address is where the orders are.
    case 'POST':
    case 'PARCEL':
      return customer.externalId ?? customer.name ?? phone
  }
}
