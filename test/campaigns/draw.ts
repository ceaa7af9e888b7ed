import { createHash } from 'node:crypto'

/** The draw as it is promised, in a second hand: whether a customer is in the control group of a campaign. */
export const isControl = (campaignId: string, customerId: string, controlBp: number): boolean =>
  Number.parseInt(createHash('sha256').update(`${campaignId}:${customerId}`).digest('hex').slice(0, 8), 16) % 10_000 < controlBp
