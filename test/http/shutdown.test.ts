import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { startProgram } from '../harness/program.ts'

const KEY = 'a-bootstrap-key-of-more-than-32-characters'

test('on SIGTERM a process finishes what is under way, takes nothing new, and ends with 0', async () => {
  await using program = await startProgram({ REGULARS_BOOTSTRAP_KEY: KEY })
  const { port, host } = new URL(program.url)
  const body = JSON.stringify({ query: 'mutation { saveTier(input: { code: "gold", name: "Gold", rank: 1 }) { code } }' })
  // Half of the request is there when the signal comes, the rest after it.
  const socket = connect(Number(port), '127.0.0.1')
  let answer = ''
  socket.setEncoding('utf8').on('data', (part: string) => (answer += part))
  socket.write(
    `POST /admin/graphql HTTP/1.1\r\nhost: ${host}\r\nauthorization: Bearer ${KEY}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body.slice(0, 20)}`,
  )
  await sleep(300)
  program.process.kill('SIGTERM')
  await sleep(300)
  await expect(fetch(`${program.url}/healthz`)).rejects.toThrow()
  socket.write(body.slice(20))
  await once(socket, 'close')
  expect(answer).toContain('HTTP/1.1 200')
  expect(answer).toContain('{"data":{"saveTier":{"code":"gold"}}}')
  expect(await program.ended).toBe(0)
})

test('a process says where its two APIs are', async () => {
  await using program = await startProgram()
  expect(program.said()).toContain(
    `the storefront API is at ${program.url}/storefront/graphql, the admin API at ${program.url}/admin/graphql`,
  )
  expect((await fetch(`${program.url}/readyz`)).status).toBe(200)
})
