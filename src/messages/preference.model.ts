import type { MessageChannel } from './message.model.ts'

export type PageLanguage = 'en' | 'zh'

/** What the page shows. Nothing of who its reader is: mails are passed on. */
export type PreferencePage = {
  readonly shopName: string
  readonly language: PageLanguage
  /** The channel of the message by which its reader came. */
  readonly channel: MessageChannel
  readonly channels: readonly { readonly channel: MessageChannel; readonly wanted: boolean }[]
  readonly personal: boolean
  /** What was just done; null: nothing yet. */
  readonly done: 'CHANNEL' | 'ALL' | 'SAVED' | null
}

/** What its reader asks for. */
export type Wish =
  | { readonly kind: 'CHANNEL' }
  | { readonly kind: 'ALL' }
  | { readonly kind: 'SAVE'; readonly channels: readonly MessageChannel[]; readonly personal: boolean }
