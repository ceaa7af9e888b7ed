import { type ChildProcess, spawn } from 'node:child_process'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, inject, test } from 'vitest'
import { configure, openApp } from '../../src/app.ts'
import { ROWS } from '../../src/registry.ts'
import { openDatabase } from '../../src/shell/database.ts'
import { customers, products } from '../harness/acts.ts'
import { cloneTemplate } from '../harness/database.ts'
import { quietConfig } from '../harness/node.ts'
import { openTestShop } from '../harness/shop.ts'
import { buy } from './buying.ts'
import { deliveries, openReceiver, status, subscribe } from './listening.ts'

const [PEOPLE, EACH, KILLS] = [30, 8, 3]
const SECRET = 'a-secret-of-the-killed-0123456789-0123456789'

test.runIf(inject('template') !== null)(
  `a worker is killed ${KILLS} times in the middle of its work: everything is told, in the order of each customer, and what is told again has the same id`,
  { timeout: 120_000 },
  async () => {
    const { url, drop } = await cloneTemplate()
    const database = await openDatabase({ url, dataDir: '', rows: ROWS })
    const config = quietConfig({ REGULARS_ALLOW_PRIVATE_WEBHOOKS: 'true', REGULARS_SECRET: SECRET })
    const app = await openApp(config, { database })
    configure(app.memory, config)
    await using receiver = await openReceiver()
    const shop = await openTestShop({ app })
    let worker: Worker | null = null
    try {
      const people = Array.from({ length: PEOPLE }, (_, i) => `c${i}`)
      await products(shop, { A: 1_000 })
      await customers(shop, Object.fromEntries(people.map((id) => [id, {}])))
      await subscribe(shop, receiver, ['order.recorded'])
      await buy(shop, people, EACH)
      receiver.answer = async (came, response) => {
        await sleep(5)
        status(204)(came, response)
      }
      for (let kill = 1; kill <= KILLS; kill += 1) {
        // What the one before had in its hands is anybody's again by a clock that is a minute ahead.
        worker = startWorker([url, String(shop.world().shopId), SECRET, String(kill * 61_000)])
        while (receiver.came.length < (PEOPLE * EACH * kill) / (KILLS + 1)) await sleep(1)
        expect(worker.process.exitCode).toBeNull()
        worker.process.kill('SIGKILL')
        await worker.ended
      }
      worker = startWorker([url, String(shop.world().shopId), SECRET, String((KILLS + 1) * 61_000)])
      while ((await deliveries(shop, { status: 'WAITING' })).length > 0) await sleep(50)
    } finally {
      worker?.process.kill('SIGKILL')
      await worker?.ended
    }
    const ids = new Map<string, Set<string>>()
    for (const { id, data } of receiver.came) {
      const known = ids.get(data.order.externalId) ?? new Set()
      ids.set(data.order.externalId, known.add(id))
    }
    expect(ids.size).toBe(PEOPLE * EACH)
    expect([...ids.values()].filter((of) => of.size !== 1)).toEqual([])
    // A Map keeps the order in which its keys came first.
    for (let i = 0; i < PEOPLE; i += 1)
      expect([...ids.keys()].filter((order) => order.startsWith(`c${i}-`))).toEqual(Array.from({ length: EACH }, (_, n) => `c${i}-${n}`))
    // It was in the middle: some were told again.
    expect(receiver.came.length).toBeGreaterThan(PEOPLE * EACH)
    await app.close()
    await database.close()
    await drop()
  },
)

type Worker = { readonly process: ChildProcess; readonly ended: Promise<unknown> }

function startWorker(args: readonly string[]): Worker {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'worker.ts'), ...args], { stdio: ['ignore', 'ignore', 'inherit'] })
  return { process: child, ended: new Promise((resolve) => child.once('exit', resolve)) }
}
