import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'

// The floor of floors: the same bytes from node:http, with the request's body read and nothing done with it.

const [, , port = '0', answerFile = ''] = process.argv
const answer = readFileSync(answerFile)

createServer((request, response) => {
  request.resume()
  request.on('end', () => {
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': answer.length })
    response.end(answer)
  })
}).listen(Number(port), '127.0.0.1')
