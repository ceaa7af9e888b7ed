import { request } from 'node:http'
import { instant } from '../src/kernel/clock.ts'
import { accept } from '../src/kernel/result.ts'
import { OrderRow } from '../src/orders/order.row.ts'
import { rewriteAllStatistics } from '../src/orders/statistics.store.ts'
import { openDatabase } from '../src/shell/database.ts'
import { Memory } from '../src/shell/memory.ts'
import { openWorld, transact } from '../src/shell/world.ts'

const url = process.env.DATABASE_URL as string
const t = performance.now()
const database = await openDatabase({ url, dataDir: '', rows: [OrderRow] })
await transact(
  openWorld({
    shopId: 1,
    actor: { kind: 'CLI', id: null, name: 'bench' },
    now: instant(Date.now()),
    memory: new Memory(),
    fork: database.fork,
  }),
  async (tx) => {
    await rewriteAllStatistics(tx)
    return accept(null)
  },
)
await database.close()
console.log('statistics', ((performance.now() - t) / 1000).toFixed(1))
