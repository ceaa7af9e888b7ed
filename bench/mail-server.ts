import { SMTPServer } from 'smtp-server'

// A mail server in a process of its own, which counts what it is given and keeps nothing: it says its port, and on "how many" how many
// mails it took.

let taken = 0
const server = new SMTPServer({
  disabledCommands: ['STARTTLS', 'AUTH'],
  authOptional: true,
  disableReverseLookup: true,
  onData: (stream, _session, done) => {
    stream.resume()
    stream.once('end', () => {
      taken += 1
      done(null)
    })
  },
})
server.on('error', () => {})
const listening = server.listen(0, '127.0.0.1', () => {
  const address = listening.address()
  process.send?.({ port: typeof address === 'object' && address !== null ? address.port : 0 })
})
process.on('message', () => process.send?.({ taken }))
process.once('disconnect', () => process.exit(0))
