/** What is agreed with a provider that speaks our contract (docs/guides/message-providers.md). */
export type WebhookSettings = {
  readonly url: string
  /** The shop's name before a text, as it is approved (【茶铺】 in China); null: the provider needs none. */
  readonly signature: string | null
  /** Texts that it approved. For SMS at least one; elsewhere empty: whatever a template names. */
  readonly templates: readonly ApprovedTemplate[]
  /** A reply that begins with one of these unsubscribes; compared without regard to case and blanks. */
  readonly optOutWords: readonly string[]
  /** When it may be given messages, by the shop's clock, 'HH:MM'; null: at any hour. */
  readonly hours: { readonly from: string; readonly until: string } | null
  /** For how long an answer is waited for. */
  readonly timeoutSeconds: number
}

export type ApprovedTemplate = {
  readonly id: string
  readonly parameters: readonly ApprovedParameter[]
}
/** `longest`: characters that may stand in the parameter. */
export type ApprovedParameter = { readonly name: string; readonly longest: number }

/** What goes to a provider, as its JSON has it. */
export type WebhookBody = {
  readonly type: 'message.send'
  readonly timestamp: string
  readonly data: {
    readonly messageId: string
    readonly channel: string
    readonly purpose: string
    readonly to: string
    readonly name: string | null
    readonly language: string | null
    readonly campaign: string | null
    readonly signature: string | null
    readonly templateId: string | null
    readonly parameters: Readonly<Record<string, string>>
    readonly subject: string | null
    readonly text: string | null
    readonly html: string | null
    readonly unsubscribeUrl: string | null
  }
}
