import { contactName as named } from './identity.rules.ts'

/** For whoever reads customers from elsewhere: what an email or phone is as a name, or null when it names nobody. */
export const contactName = (kind: 'email' | 'phone', text: string): string | null => named(kind, text)
