import { createTransport } from 'nodemailer'
import { type Memory, slot } from '../shell/memory.ts'
import type { World } from '../shell/world.ts'
import type { MessageContent, Outcome } from './message.model.ts'
import type { Sender } from './message.topic.ts'
import type { OpenProvider, SmtpSettings } from './provider.model.ts'
import { readSmtp } from './provider.rules.ts'
import { mailOf, outcomeOf, type SmtpError } from './smtp.rules.ts'

/** Mail by SMTP: pooled connections, kept between messages, for each provider of this process. */
export const SMTP: Sender = {
  // A server that took a mail and could not say so would take it again.
  ifLost: 'DOUBTFUL',
  settings: readSmtp,
  // One waits for each connection, so that none is idle while the next is fetched.
  atOnce: (provider) => 2 * settingsOf(provider).connections,
  send: async (world, provider, { message, recipient, content }) => deliver(world, provider, message.id, recipient, content),
  test: async (world, provider, to) => {
    if (to !== null) {
      const outcome = await deliver(world, provider, crypto.randomUUID(), to, TEST)
      return outcome.kind === 'SENT' ? null : 'reason' in outcome ? outcome.reason : null
    }
    const { pool } = poolOf(world, provider)
    return pool.verify().then(
      () => null,
      (error: SmtpError) => {
        const outcome = outcomeOf(error, false, '')
        return 'reason' in outcome ? outcome.reason : null
      },
    )
  },
}

const TEST: MessageContent = {
  subject: 'A test of Regulars / 测试邮件',
  html: null,
  text: 'This mail server takes what Regulars sends.\n\n邮件服务器可以发送 Regulars 的邮件。\n',
  providerTemplateId: null,
  parameters: {},
  unsubscribeUrl: null,
  recipientName: null,
}

/** Whether the text of a mail has been handed to the connection: `stream` is what nodemailer reads it from. */
type Tracked = { stream: { readonly readableDidRead: boolean } | null }

type Pool = { readonly settings: SmtpSettings; readonly updatedAt: number; readonly pool: ReturnType<typeof openPool> }
const POOLS = slot<Map<string, Pool>>(() => new Map())

function poolOf(world: World, provider: OpenProvider): Pool {
  const pools = world.memory.of(POOLS)
  const key = `${world.shopId}/${provider.code}`
  const known = pools.get(key)
  if (known?.updatedAt === provider.updatedAt) return known
  known?.pool.close()
  const settings = settingsOf(provider)
  const opened = { settings, updatedAt: provider.updatedAt, pool: openPool(settings, provider.secret) }
  pools.set(key, opened)
  return opened
}

function settingsOf(provider: OpenProvider): SmtpSettings {
  const settings = readSmtp(provider.settings)
  if (!settings.ok) throw new Error(`the settings of provider ${provider.code} are not those of a mail server`)
  return settings.value
}

function openPool(settings: SmtpSettings, password: string | null) {
  const { host, port, security, username, connections } = settings
  const pool = createTransport({
    pool: true,
    host,
    port,
    secure: security === 'TLS',
    requireTLS: security === 'STARTTLS',
    ignoreTLS: security === 'NONE',
    ...(username === null ? {} : { auth: { user: username, pass: password ?? '' } }),
    maxConnections: connections,
    maxMessages: 500,
    // Whether a mail may be sent again is decided by what is known of it, and not by the pool.
    maxRequeues: 0,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    idleTimeout: 10_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  pool.use('stream', (mail, done) => {
    const { message } = mail
    const tracked = (mail.data as { tracked?: Tracked }).tracked
    if (tracked !== undefined) {
      const read = message.createReadStream.bind(message)
      message.createReadStream = (options) => {
        const stream = read(options)
        tracked.stream = stream
        return stream
      }
    }
    done()
  })
  return pool
}

async function deliver(
  world: World,
  provider: OpenProvider,
  messageId: string,
  recipient: string,
  content: MessageContent,
): Promise<Outcome> {
  const { settings, pool } = poolOf(world, provider)
  const mail = mailOf(messageId, recipient, content, settings)
  for (let again = false; ; again = true) {
    const tracked: Tracked = { stream: null }
    try {
      const info = await pool.sendMail({ ...mail, tracked } as Parameters<typeof pool.sendMail>[0])
      return { kind: 'SENT', providerMessageId: info.messageId }
    } catch (error) {
      const outcome = outcomeOf(error as SmtpError, tracked.stream?.readableDidRead ?? false, recipient)
      // A connection that was kept may have been closed by the server meanwhile: the next one is new.
      if (outcome.kind !== 'UNREACHABLE' || again || (error as SmtpError).code !== 'ECONNECTION') return outcome
    }
  }
}

/** Ends every connection of this process that waits for mail. */
export function closeMail(memory: Memory): void {
  const pools = memory.of(POOLS)
  for (const { pool } of pools.values()) pool.close()
  pools.clear()
}
