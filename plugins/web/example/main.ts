/** A shop to open: `npm run example -w @regulars/web`. It starts a Regulars of its own, which is gone when it ends. */
import { startEngine } from '../../engine.ts'
import { fillShop } from './rules.ts'
import { startShop } from './server.ts'

const engine = await startEngine()
const { linkToken } = await fillShop(engine)
const shop = await startShop({ ...engine, linkToken }, Number(process.env.PORT ?? 4400))
console.log(`The shop is open: ${shop.url} (and ${shop.url}/?lang=zh). Ctrl+C closes it.`)

async function close(): Promise<never> {
  await shop.close()
  await engine.close()
  process.exit(0)
}
process.once('SIGINT', close)
process.once('SIGTERM', close)
