import { changed } from '../shell/topic.ts'
import type { World } from '../shell/world.ts'
import { findBadEmails, writeBadEmails } from './contact.store.ts'
import { CUSTOMERS } from './customer.topic.ts'
import { contactName as named } from './identity.rules.ts'

/** For whoever reads customers from elsewhere: what an email or phone is as a name, or null when it names nobody. */
export const contactName = (kind: 'email' | 'phone', text: string): string | null => named(kind, text)

/** The addresses of these customers to which mail came back for good, by customer. Another address makes it say nothing. */
export const badEmailsOf = (world: World, ids: readonly string[]): Promise<Map<string, string>> => findBadEmails(world, ids)

/** That mail to these addresses came back for good: nothing more is sent there, and the consent to it reads as INVALID. */
export async function noteBadEmails(world: World, bad: readonly { customerId: string; email: string }[]): Promise<void> {
  if (bad.length > 0) changed(world, CUSTOMERS, await writeBadEmails(world, bad))
}
