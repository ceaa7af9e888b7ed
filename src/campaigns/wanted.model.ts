import type { TouchPurpose } from '../customers/customer.model.ts'
import type { WantedLink } from '../links/link.model.ts'
import type { MessageChannel } from '../messages/message.model.ts'
import type { CampaignKind, Give, Goal } from './campaign.model.ts'

type Optional<T> = T | null | undefined

/** A campaign as a caller says it; dates as they came, and whatever was left out absent or null. */
export type WantedCampaign = {
  readonly code: string
  readonly name: string
  readonly kind: CampaignKind
  readonly goal?: Optional<Goal>
  readonly attributionDays?: Optional<number>
  readonly budget?: Optional<number>
  readonly audience?: Optional<string>
  readonly exclusions?: Optional<readonly string[]>
  readonly controlPercent?: Optional<number>
  readonly priority?: Optional<number>
  readonly start?: Optional<WantedStart>
  readonly endsAt?: Optional<Date>
  readonly steps?: Optional<readonly WantedStep[]>
  readonly gives?: Optional<readonly WantedGive[]>
  readonly onSite?: Optional<WantedOnSite>
}

export type WantedStart = {
  readonly kind: 'ONCE' | 'DAILY' | 'USUAL_HOUR'
  readonly at?: Optional<Date>
  /** HH:MM. */
  readonly time?: Optional<string>
  readonly until?: Optional<Date>
}

export type WantedStep = {
  readonly delayDays?: Optional<number>
  readonly delayHours?: Optional<number>
  readonly after?: Optional<'JOINED' | 'PREVIOUS'>
  readonly channels: readonly MessageChannel[]
  readonly templateCode: string
  readonly condition?: Optional<string>
  readonly onlyIf?: Optional<'NOT_BOUGHT' | 'OPENED_NOT_BOUGHT'>
  readonly purpose?: Optional<TouchPurpose>
}

export type WantedGive = {
  readonly offerCode?: Optional<string>
  readonly link?: Optional<WantedGiveLink>
  readonly as: Give['as']
  readonly tierCodes?: Optional<readonly string[]>
  readonly each?: Optional<number>
  readonly validDays?: Optional<number>
}

export type WantedGiveLink = Pick<WantedLink, 'message' | 'items' | 'maxUses'> & { readonly name?: Optional<string> }

export type WantedOnSite = {
  readonly title?: Optional<string>
  readonly text?: Optional<string>
  readonly url?: Optional<string>
  readonly translations?: Optional<readonly WantedTranslation[]>
}
export type WantedTranslation = { readonly language: string; readonly title: string; readonly text?: Optional<string> }
