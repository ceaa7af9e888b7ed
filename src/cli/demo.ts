import { createServer } from 'node:net'
import type { Command } from 'commander'
import { type App, openApp } from '../app.ts'
import type { Config } from '../config.ts'
import { type DemoSize, loadDemo, sizeOfDemo, standingOf } from '../demo/demo.service.ts'
import { MEMBER_PRICES, QUOTE, quoteWithLink } from '../demo/example.model.ts'
import { instant } from '../kernel/clock.ts'
import { listen } from '../main.ts'
import { openWorld, type World } from '../shell/world.ts'
import { findShop } from '../shops/shop.service.ts'
import { type DemoKeys, demoKeys, keyFile } from './demo-keys.ts'
import { Failure } from './failure.ts'
import { configured, granted, whoever } from './session.ts'

const SHOP = 'main'

export function addDemo(program: Command): void {
  program
    .command('demo')
    .description('Serve a shop to look at and to try: 2,000 customers, two years of orders, tiers, ladders and offers.')
    .addHelpText(
      'after',
      '\nThe shop is made at the first start, in shop main, if that is empty. Later starts serve what is there.\n\nExamples:\n  regulars demo\n  PORT=8080 REGULARS_DATA_DIR=/tmp/demo regulars demo',
    )
    .action(() => demo(configured()))
}

async function demo(config: Config): Promise<void> {
  await holdPort(config)
  // A line for every request would bury what is printed here; whoever wants them asks for debug.
  const app = await openApp({ ...config, logLevel: config.logLevel === 'info' ? 'warn' : config.logLevel }, { background: true })
  try {
    const world = await worldOf(app)
    await seeToDemo(world, config)
    const keys = await demoKeys(world, config.dataDir)
    const size = await sizeOfDemo(world)
    const url = await listen(app, config)
    console.log(welcome({ url, keys, size, config }))
  } catch (error) {
    await app.close()
    throw error
  }
}

/** Found out before a shop is made for nobody. */
async function holdPort({ port, host }: Config): Promise<void> {
  const probe = createServer()
  await new Promise<void>((resolve, reject) => probe.once('error', reject).listen(port, host, resolve))
  await new Promise((resolve) => probe.close(resolve))
}

async function worldOf(app: App): Promise<World> {
  const shop = await findShop(app.database.fork(), SHOP)
  if (shop === null) throw new Error(`there is no shop ${SHOP}`)
  return openWorld({ shopId: shop.id, actor: whoever(), now: instant(Date.now()), memory: app.memory, fork: app.database.fork })
}

async function seeToDemo(world: World, config: Config): Promise<void> {
  const standing = await standingOf(world)
  if (standing === 'DEMO') return
  if (standing === 'TAKEN')
    throw new Failure(
      `Shop "${SHOP}" in ${config.databaseUrl === null ? config.dataDir : 'the database of DATABASE_URL'} has data or settings of its own, and the demo is not mixed with them: set REGULARS_DATA_DIR to another folder${config.databaseUrl === null ? '' : ', and leave DATABASE_URL out'}.`,
    )
  console.log('Making the demo shop; this takes some ten seconds ...')
  granted(await loadDemo(world))
}

type Shown = { readonly url: string; readonly keys: DemoKeys; readonly size: DemoSize; readonly config: Config }

const welcome = ({ url, keys, size, config }: Shown) => `
Regulars serves the demo: ${count(size.customers)} customers, ${count(size.products)} products, ${count(size.orders)} orders of the two years before ${day(size.loadedAt)}.

  ${url}/storefront/graphql   for shops and their plugins
  ${url}/admin/graphql        for staff
  Open either in a browser to read its schema and try it.

Its keys, for another terminal (kept in ${keyFile(config.dataDir)}, for your eyes only):

export REGULARS_URL=${url}
export REGULARS_ADMIN_KEY=${keys.ADMIN}
export REGULARS_PLUGIN_KEY=${keys.PLUGIN}
export REGULARS_PUBLISHABLE_KEY=${keys.PUBLISHABLE}
export REGULARS_LINK_TOKEN=${keys.LINK}

What Lin Mei pays, a gold customer (amounts are in fen):

${curl(url, keys.PLUGIN, MEMBER_PRICES)}

What her cart comes to:

${curl(url, keys.PLUGIN, QUOTE)}

A private link, for whoever holds it (it leads to a shop's pages, which the demo has not):

  ${url}/l/${keys.LINK}

What a robot costs with it:

${curl(url, keys.PLUGIN, quoteWithLink(keys.LINK))}

Ctrl-C ends it; the next start serves the same shop.
`

/** The queries hold no single quote, which is what a shell would end the text at. */
const curl = (url: string, key: string, query: string) => `curl -s ${url}/storefront/graphql \\
  -H 'Authorization: Bearer ${key}' \\
  -H 'content-type: application/json' \\
  -d '${JSON.stringify({ query })}'`

const count = (n: number) => n.toLocaleString('en')
const day = (at: number) => new Date(at).toISOString().slice(0, 10)
