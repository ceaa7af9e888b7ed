import { setTimeout as sleep } from 'node:timers/promises'
import { instant } from '../../src/kernel/clock.ts'
import { openDatabase } from '../../src/shell/database.ts'
import { Memory } from '../../src/shell/memory.ts'
import { allowPrivateAddresses } from '../../src/shell/outbound.ts'
import { sealUnder, useSeal } from '../../src/shell/seal.ts'
import { openWorld } from '../../src/shell/world.ts'
import { PriceBookRow, PriceBookVersionRow } from '../../src/shops/book-version.row.ts'
import { ShopRow } from '../../src/shops/shop.row.ts'
import { deliverDue } from '../../src/webhooks/sending.service.ts'

// A worker in a process of its own, to be killed: it sends what is due in a shop until it ends, by a clock that is ahead. The registry
// cannot be read here: it knows the API's decorators, and this runs as it is written.

const [url = '', shopId = '', secret = '', aheadMs = ''] = process.argv.slice(2)
const database = await openDatabase({ url, dataDir: '', rows: [ShopRow, PriceBookRow, PriceBookVersionRow] })
const memory = new Memory()
const seal = sealUnder(secret)
useSeal(memory, () => seal)
allowPrivateAddresses(memory, true)
const actor = { kind: 'SYSTEM', id: null, name: 'worker' } as const
const now = () => instant(Date.now() + Number(aheadMs))
for (;;) {
  const { more } = await deliverDue(openWorld({ shopId: Number(shopId), actor, now: now(), memory, fork: database.fork }))
  if (!more) await sleep(20)
}
