import type { EntityManager } from '@mikro-orm/postgresql'
import type { Command } from 'commander'
import { createKey } from '../access/key.service.ts'
import { allShops, openShop } from '../shops/shop.service.ts'
import { granted, withDatabase } from './session.ts'
import { table } from './table.ts'

export function addShop(program: Command): void {
  const shop = program.command('shop').description('The shops of this database.')

  shop
    .command('list', { isDefault: true })
    .description('List the shops.')
    .action(() =>
      withDatabase(async ({ database }) => {
        const shops = await allShops(database.fork())
        console.log(
          table(
            ['CODE', 'NAME', 'CURRENCY', 'TIME ZONE'],
            shops.map((one) => [one.code, one.name, one.currency, one.timeZone]),
          ),
        )
      }),
    )

  shop
    .command('add')
    .description("Add a shop with nothing in it, and print its owner's key: once, here, and never again.")
    .argument('<code>', 'names the shop for good: lower-case letters, digits and dashes')
    .requiredOption('--name <name>', 'what the shop calls itself')
    .requiredOption('--currency <code>', 'of all its amounts: a code of ISO 4217')
    .requiredOption('--time-zone <zone>', 'where its days begin: an IANA name')
    .addHelpText('after', '\nExample:\n  regulars shop add uk --name "UK shop" --currency GBP --time-zone Europe/London')
    .action((code: string, wanted: { name: string; currency: string; timeZone: string }) => add({ code, ...wanted }))
}

/** The shop and its owner's key in one act: a shop without a key could not be entered. */
const add = (wanted: { code: string; name: string; currency: string; timeZone: string }) =>
  withDatabase(async ({ database, now, worldOf }) => {
    const secret = await database.fork().transactional(async (tx) => {
      const em = tx as EntityManager
      const shop = granted(await openShop(em, wanted, now))
      const key = await createKey(worldOf(shop, em), { kind: 'ADMIN', name: 'owner', role: 'OWNER', expiresAt: null }, 'OWNER')
      return granted(key).secret
    })
    console.log(`Shop "${wanted.code}" is open. Its owner's key, shown this once:\n\n  ${secret}\n`)
  })
