import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { type App, openApp } from '../../src/app.ts'
import { customers } from '../harness/acts.ts'
import { openTestDatabase } from '../harness/database.ts'
import { quietConfig } from '../harness/node.ts'
import { openTestShop } from '../harness/shop.ts'
import { openMailbox } from './mailbox.ts'
import { mailServer, mailTemplate, queue } from './mailing.ts'

async function awake(): Promise<App & AsyncDisposable> {
  const database = await openTestDatabase()
  const app = await openApp(quietConfig(), { database, background: true })
  return Object.assign(app, {
    [Symbol.asyncDispose]: async () => {
      await app.close()
      await database.close()
    },
  })
}

test('what is queued goes without anybody asking, once, though two processes look after it; a fault of one shop costs another nothing', async () => {
  await using box = await openMailbox()
  await using app = await awake()
  await using other = await openApp(quietConfig(), { database: app.database, background: true }).then((second) =>
    Object.assign(second, { [Symbol.asyncDispose]: () => second.close() }),
  )
  expect(other).toBeDefined()
  const [shop, broken] = [await openTestShop({ app }), await openTestShop({ app })]
  for (const one of [shop, broken]) {
    await customers(one, { a: { email: 'a@example.com' }, b: { email: 'b@example.com' } })
    await mailTemplate(one, 'hello', { subject: 'Hello', text: 'Hello' })
  }
  await mailServer(broken, { port: 9 })
  await mailServer(shop, box)
  await queue(broken, 'hello', ['a', 'b'])
  await queue(shop, 'hello', ['a', 'b'])
  while (box.mails.length < 2) await sleep(50)
  await queue(shop, 'hello', ['a'])
  while (box.mails.length < 3) await sleep(50)
  await sleep(1_500)
  expect(box.mails.map(({ to }) => to).sort()).toEqual(['a@example.com', 'a@example.com', 'b@example.com'])
  const standing = async () =>
    (await shop.admin('{ messages { nodes { status } } }')).messages.nodes.map(({ status }: { status: string }) => status)
  while ((await standing()).some((status: string) => status === 'SENDING')) await sleep(50)
  expect(await standing()).toEqual(['SENT', 'SENT', 'SENT'])
}, 60_000)
