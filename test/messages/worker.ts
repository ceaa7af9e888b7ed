import { setTimeout as sleep } from 'node:timers/promises'
import { instant } from '../../src/kernel/clock.ts'
import { sendBy } from '../../src/messages/message.topic.ts'
import { sendDue } from '../../src/messages/sending.service.ts'
import { SMTP } from '../../src/messages/smtp.service.ts'
import { openDatabase } from '../../src/shell/database.ts'
import { Memory } from '../../src/shell/memory.ts'
import { openWorld } from '../../src/shell/world.ts'
import { PriceBookRow, PriceBookVersionRow } from '../../src/shops/book-version.row.ts'
import { ShopRow } from '../../src/shops/shop.row.ts'

// A worker in a process of its own, to be killed: it sends what is due in a shop until it ends. The registry cannot be read here: it
// knows the API's decorators, and this runs as it is written.

const [url = '', shopId = ''] = process.argv.slice(2)
const database = await openDatabase({ url, dataDir: '', rows: [ShopRow, PriceBookRow, PriceBookVersionRow] })
const memory = new Memory()
sendBy(memory, 'SMTP', SMTP)
const actor = { kind: 'SYSTEM', id: null, name: 'worker' } as const
console.log('working')
for (;;) {
  const { sent } = await sendDue(openWorld({ shopId: Number(shopId), actor, now: instant(Date.now()), memory, fork: database.fork }))
  if (sent === 0) await sleep(20)
}
