import type { Instant } from '../kernel/clock.ts'
import type { MessageChannel } from './message.model.ts'

/**
 * A template as it is written for one channel, language and tier; null: for any. For mail subject with html, text or both; for others a
 * text, or a text of the provider's own by its id, with what goes into it.
 */
export type Variant = {
  readonly channel: MessageChannel
  readonly language: string | null
  readonly tierCode: string | null
  readonly subject: string | null
  readonly html: string | null
  readonly text: string | null
  readonly providerTemplateId: string | null
  readonly parameters: readonly { readonly name: string; readonly value: string }[]
}

/** What is written to customers. Each saving is a version of its own, and all are kept. */
export type Template = {
  readonly code: string
  readonly version: number
  readonly name: string
  readonly variants: readonly Variant[]
  readonly createdAt: Instant
}

export type WantedTemplate = Pick<Template, 'code' | 'name' | 'variants'>
