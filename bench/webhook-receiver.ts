import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

// A receiver in a process of its own, which counts what it is given and answers at once: it says its port, and on "how many" how many came.

let taken = 0
const server = createServer((request, response) => {
  request.resume()
  request.once('end', () => {
    taken += 1
    response.writeHead(204).end()
  })
})
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }))
process.on('message', () => process.send?.({ taken }))
process.once('disconnect', () => process.exit(0))
