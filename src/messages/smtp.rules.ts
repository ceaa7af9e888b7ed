import type { MessageContent, Outcome } from './message.model.ts'
import type { SmtpSettings } from './provider.model.ts'
import { oneLine } from './template.rules.ts'

/** A mail as nodemailer takes it. */
export type Mail = {
  readonly messageId: string
  readonly from: { readonly name: string; readonly address: string }
  readonly to: { readonly name: string; readonly address: string }
  readonly replyTo?: string
  readonly subject: string
  readonly text?: string
  readonly html?: string
  readonly headers: Readonly<Record<string, { readonly prepared: true; readonly value: string }>>
}

/**
 * The same message is the same mail, however often it is made: its Message-ID follows from its id, so that whoever receives it twice may know.
 * One-click unsubscribing (RFC 8058) wants https; elsewhere there is the address alone (RFC 2369).
 */
export function mailOf(messageId: string, recipient: string, content: MessageContent, settings: SmtpSettings): Mail {
  const url = content.unsubscribeUrl
  const list = url === null ? {} : { 'List-Unsubscribe': header(`<${url}>`) }
  const oneClick = url?.startsWith('https://') ? { 'List-Unsubscribe-Post': header('List-Unsubscribe=One-Click') } : {}
  return {
    messageId: `<${messageId}@${settings.from.slice(settings.from.lastIndexOf('@') + 1)}>`,
    from: { name: oneLine(settings.fromName ?? ''), address: settings.from },
    to: { name: oneLine(content.recipientName ?? ''), address: recipient },
    ...(settings.replyTo === null ? {} : { replyTo: settings.replyTo }),
    subject: oneLine(content.subject ?? ''),
    ...(content.text === null ? {} : { text: content.text }),
    ...(content.html === null ? {} : { html: content.html }),
    headers: { ...list, ...oneClick },
  }
}

/** As it is: an address has no blank at which a line could be folded. */
const header = (value: string) => ({ prepared: true, value }) as const

/** What nodemailer says of a sending that failed. */
export type SmtpError = {
  readonly code?: string
  readonly command?: string
  /** The server's answer (RFC 5321), where it gave one. */
  readonly responseCode?: number
  readonly response?: string
  readonly message: string
}

/**
 * What became of a mail. An answer of the server's says it for sure. Without one, a mail of which nothing had been handed over was not sent; of
 * one that had been, nobody knows: the server may have taken it and been unable to say so.
 */
export function outcomeOf(error: SmtpError, begun: boolean, recipient: string): Outcome {
  const said = withoutAddress(oneLine(error.response ?? error.message), recipient).slice(0, 300)
  const of = (kind: 'FAILED' | 'BOUNCED' | 'DOUBTFUL' | 'AGAIN' | 'UNREACHABLE'): Outcome => ({ kind, reason: said })
  const { responseCode: code = 0, command = '' } = error
  const isForGood = code >= 500 && code < 600
  const aboutMail = command === 'RCPT TO' || command === 'DATA' || command.startsWith('MAIL FROM')
  if (aboutMail && code > 0) {
    if (code === 421) return command === 'DATA' && begun ? of('AGAIN') : of('UNREACHABLE')
    if (!isForGood) return of('AGAIN')
    if (command.startsWith('MAIL FROM')) return code === 552 ? of('FAILED') : of('UNREACHABLE')
    if (command === 'RCPT TO') return isAboutUs(said, code) ? of('FAILED') : of('BOUNCED')
    return /\b5\.1\.[0-9]+\b/.test(said) ? of('BOUNCED') : of('FAILED')
  }
  if (begun && code === 0 && error.code !== 'EMESSAGE') return of('DOUBTFUL')
  if (error.code === 'EENVELOPE' || error.code === 'EMESSAGE' || error.code === 'ESTREAM') return of('FAILED')
  return of('UNREACHABLE')
}

/** Refused for who writes or what the server may do, not for who reads (RFC 3463: 5.7.x, and what asks for a login). */
const isAboutUs = (said: string, code: number): boolean => code === 530 || code === 535 || /\b5\.7\.[0-9]+\b/.test(said)

const withoutAddress = (text: string, address: string): string =>
  address === '' ? text : text.replace(new RegExp(address.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'gi'), '(the address)')
