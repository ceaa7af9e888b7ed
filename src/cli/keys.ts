import { type Command, Option } from 'commander'
import type { KeyKind, StaffRole } from '../access/key.model.ts'
import { createKey, openKeys, revokeKey } from '../access/key.service.ts'
import { type Instant, instant } from '../kernel/clock.ts'
import { EXIT, Failure } from './failure.ts'
import { granted, withShop } from './session.ts'
import { table } from './table.ts'

const EXAMPLES = `
Examples:
  regulars keys list --shop main
  regulars keys add --shop main --kind PLUGIN --name "web shop"
  regulars keys add --shop main --kind ADMIN --role MARKETER --name "Mei" --expires-at 2027-01-01T00:00:00Z
  regulars keys revoke 0197a3c4-… --shop main`

export function addKeys(program: Command): void {
  const keys = program.command('keys').description("A shop's keys: the ways into its APIs.").addHelpText('after', EXAMPLES)

  keys
    .command('list', { isDefault: true })
    .description('List the keys that are not revoked. Secrets are nowhere to be read.')
    .addOption(shopOption())
    .action(({ shop }: { shop: string }) => list(shop))

  keys
    .command('add')
    .description('Make a key and print its secret: once, here, and never again.')
    .addOption(shopOption())
    .addOption(
      new Option('--kind <kind>', 'whose it is: a plugin, a browser, or staff')
        .choices(['PLUGIN', 'PUBLISHABLE', 'ADMIN'])
        .makeOptionMandatory(),
    )
    .requiredOption('--name <name>', 'what it is for, 1 to 100 characters')
    .addOption(new Option('--role <role>', 'of an ADMIN key').choices(['OWNER', 'MANAGER', 'MARKETER', 'SERVICE', 'ANALYST']))
    .option('--expires-at <instant>', 'until when it opens, such as 2027-01-01T00:00:00Z', toInstant)
    .action((wanted: Wanted) => add(wanted))

  keys
    .command('revoke')
    .description('Take a key out of use, within a second on every server.')
    .argument('<id>', 'the key, as `keys list` shows it')
    .addOption(shopOption())
    .action((id: string, { shop }: { shop: string }) => revoke(id, shop))
}

type Wanted = {
  readonly shop: string
  readonly kind: KeyKind
  readonly name: string
  readonly role?: StaffRole
  readonly expiresAt?: Instant
}

export const shopOption = () => new Option('--shop <code>', 'which shop').default('main')

const list = (shop: string) =>
  withShop(shop, async (world) => {
    const rows = (await openKeys(world)).map((key) => [
      key.id,
      key.kind,
      key.role ?? '',
      key.name,
      `${key.prefix}…`,
      day(key.expiresAt),
      day(key.lastUsedAt),
    ])
    console.log(
      rows.length === 0 ? `Shop "${shop}" has no keys.` : table(['ID', 'KIND', 'ROLE', 'NAME', 'BEGINS', 'EXPIRES', 'LAST USED'], rows),
    )
  })

/** Whoever runs commands has the database itself, and so the owner's rights. */
const add = ({ shop, kind, name, role, expiresAt }: Wanted) =>
  withShop(shop, async (world) => {
    const { secret } = granted(await createKey(world, { kind, name, role: role ?? null, expiresAt: expiresAt ?? null }, 'OWNER'))
    console.log(`A ${kind} key of shop "${shop}", shown this once:\n\n  ${secret}\n`)
  })

const revoke = (id: string, shop: string) =>
  withShop(shop, async (world) => {
    if (!UUID.test(id)) throw new Failure(`"${id}" is no key's id: \`regulars keys list\` shows them.`, EXIT.WRONG_USAGE)
    granted(await revokeKey(world, id))
    console.log('Revoked.')
  })

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

function toInstant(text: string): Instant {
  const at = /^\d{4}-\d\d-\d\d(T.*)?$/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(at)) throw new Failure(`--expires-at must be an instant such as 2027-01-01T00:00:00Z, not "${text}".`, EXIT.WRONG_USAGE)
  return instant(at)
}

const day = (at: Instant | null) => (at === null ? '' : new Date(at).toISOString().slice(0, 10))
