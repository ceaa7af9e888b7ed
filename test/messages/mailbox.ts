import { SMTPServer, type SMTPServerAddress } from 'smtp-server'

/** A mail as a server received it. */
export type Received = {
  readonly to: string
  readonly from: string
  readonly source: string
  readonly headers: ReadonlyMap<string, string>
}

/** What a server says to a recipient, or to a whole mail: null: it takes it. */
type Answer = { readonly code: number; readonly text: string } | null

export type Mailbox = {
  readonly port: number
  readonly mails: Received[]
  /** What it answers to a recipient from now on. */
  toRecipient: (address: string) => Answer
  /** What it answers once it has a mail; one that hangs up has taken it and says nothing. */
  toMail: (mail: Received) => Answer | 'HANG_UP'
  readonly close: () => Promise<void>
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

/** A real mail server on this machine, which keeps what it is given. With `login` it takes mail of whoever knows it alone. */
export async function openMailbox(
  options: { readonly login?: { readonly user: string; readonly pass: string }; readonly delayMs?: number } = {},
): Promise<Mailbox> {
  const mails: Received[] = []
  const sockets = new Set<{ destroy: () => void }>()
  const refusal = (answer: Answer) => (answer === null ? null : Object.assign(new Error(answer.text), { responseCode: answer.code }))
  const server = new SMTPServer({
    disabledCommands: options.login === undefined ? ['STARTTLS', 'AUTH'] : ['STARTTLS'],
    allowInsecureAuth: true,
    authOptional: options.login === undefined,
    disableReverseLookup: true,
    onAuth: ({ username, password }, _session, done) =>
      username === options.login?.user && password === options.login?.pass
        ? done(null, { user: username })
        : done(new Error('535 5.7.8 wrong login')),
    onRcptTo: ({ address }: SMTPServerAddress, _session, done) => done(refusal(box.toRecipient(address))),
    onData: (stream, session, done) => {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        const source = Buffer.concat(parts).toString('utf8')
        const mail = {
          to: session.envelope.rcptTo[0]?.address ?? '',
          from: session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address,
          source,
          headers: headersOf(source),
        }
        const answer = box.toMail(mail)
        if (answer === null || answer === 'HANG_UP') mails.push(mail)
        if (answer === 'HANG_UP') for (const socket of sockets) socket.destroy()
        else setTimeout(() => done(refusal(answer)), options.delayMs ?? 0)
      })
    },
  })
  server.on('error', () => {})
  const box: Mailbox = {
    port: 0,
    mails,
    toRecipient: () => null,
    toMail: () => null,
    close: () => new Promise((resolve) => server.close(() => resolve())),
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy()
      await box.close()
    },
  }
  const listening = server.listen(0, '127.0.0.1')
  listening.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await new Promise((resolve) => listening.once('listening', resolve))
  const address = listening.address()
  return Object.assign(box, { port: typeof address === 'object' && address !== null ? address.port : 0 })
}

/** Header lines, unfolded, by their names in lower case. */
function headersOf(source: string): Map<string, string> {
  const [head = ''] = source.split(/\r?\n\r?\n/)
  const lines = head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)
  return new Map(lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]))
}
