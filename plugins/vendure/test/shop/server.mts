/** The shop in a process of its own: fills an empty database, serves, and runs its jobs. Told what to do in SHOP, as JSON. */
import { JobQueueService, RequestContextService, SearchService } from '@vendure/core'
import { bootstrap, type ShopSettings, shopConfig } from './config.mts'
import { fill, isEmpty } from './fill.mts'

const settings = JSON.parse(process.env.SHOP ?? '') as ShopSettings
const config = shopConfig(settings)
const empty = await isEmpty(settings.databaseUrl)
if (empty) await fill(config)
const app = await bootstrap(config)
await app.get(JobQueueService).start()
if (empty) await app.get(SearchService).reindex(await app.get(RequestContextService).create({ apiType: 'admin' }))
console.log('the shop is open')
