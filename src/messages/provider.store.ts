import type { Instant } from '../kernel/clock.ts'
import { asJson, atInstant, atInstantOrNull, rowOf, rowsOf, sql, toInstantOrNull } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { MessageChannel } from './message.model.ts'
import type { Provider, WantedProvider } from './provider.model.ts'
import { PROVIDER, type ProviderColumns, toProvider } from './provider.row.ts'

/** All of them, in the order of their codes. */
export async function listProviderRows({ em, shopId }: World): Promise<Provider[]> {
  const rows = await rowsOf<ProviderColumns>(
    em,
    sql`select ${PROVIDER} from message_provider p where p.shop_id = ${shopId} order by p.code`,
  )
  return rows.map(toProvider)
}

export type SealedProvider = { readonly provider: Provider; readonly sealed: Buffer | null }
type SealedRow = ProviderColumns & { readonly sealed_hex: string | null }
const toSealed = (row: SealedRow): SealedProvider => ({
  provider: toProvider(row),
  sealed: row.sealed_hex === null ? null : Buffer.from(row.sealed_hex, 'hex'),
})
const SEALED = sql`${PROVIDER}, encode(p.sealed, 'hex') as sealed_hex`

export async function findProviderRow({ em, shopId }: World, code: string): Promise<SealedProvider | null> {
  const row = await rowOf<SealedRow>(em, sql`select ${SEALED} from message_provider p where p.shop_id = ${shopId} and p.code = ${code}`)
  return row && toSealed(row)
}

/** Those that carry messages now. */
export async function findEnabled({ em, shopId }: World): Promise<SealedProvider[]> {
  const rows = await rowsOf<SealedRow>(
    em,
    sql`select ${SEALED} from message_provider p where p.shop_id = ${shopId} and p.enabled order by p.code`,
  )
  return rows.map(toSealed)
}

/** Which of these channels somebody carries. */
export async function writeProvider({ em, shopId, now }: World, wanted: WantedProvider, sealed: Buffer | null): Promise<Provider> {
  const secret = sealed === null ? sql`null` : sql`decode(${sealed.toString('hex')}, 'hex')`
  const row = await rowOf<ProviderColumns>(
    em,
    sql`insert into message_provider as p (shop_id, code, channel, kind, name, settings, sealed, enabled, rate_per_second, cost_minor, updated_at)
        values (${shopId}, ${wanted.code}, ${wanted.channel}, ${wanted.kind}, ${wanted.name}, ${asJson(wanted.settings)}, ${secret}, ${wanted.enabled},
          ${wanted.ratePerSecond}, ${wanted.costMinor}, ${atInstant(now)})
        on conflict (shop_id, code) do update set channel = excluded.channel, kind = excluded.kind, name = excluded.name,
          settings = excluded.settings, sealed = excluded.sealed, enabled = excluded.enabled, rate_per_second = excluded.rate_per_second,
          cost_minor = excluded.cost_minor, updated_at = excluded.updated_at, held_until = null, failures = 0, fault = null
        returning ${PROVIDER}`,
  )
  if (row === null) throw new Error('a provider was not kept')
  return toProvider(row)
}

/** The other provider that carries this channel; null: nobody does. */
export async function findOther({ em, shopId }: World, channel: MessageChannel, code: string): Promise<string | null> {
  const row = await rowOf<{ code: string }>(
    em,
    sql`select code from message_provider where shop_id = ${shopId} and channel = ${channel} and enabled and code <> ${code}`,
  )
  return row?.code ?? null
}

/** A provider's state, held until the transaction ends: the rate is one however many processes send. */
export async function holdRate({ em, shopId }: World, code: string): Promise<{ nextAt: Instant | null; heldUntil: Instant | null } | null> {
  const row = await rowOf<{ next_at: string | null; held_until: string | null }>(
    em,
    sql`select next_at, held_until from message_provider where shop_id = ${shopId} and code = ${code} and enabled for update`,
  )
  return row && { nextAt: toInstantOrNull(row.next_at), heldUntil: toInstantOrNull(row.held_until) }
}

export async function saveNextAt({ em, shopId }: World, code: string, nextAt: Instant): Promise<void> {
  await rowsOf(em, sql`update message_provider set next_at = ${atInstant(nextAt)} where shop_id = ${shopId} and code = ${code}`)
}

/** That nobody is taken until then and why; null: it takes messages again. */
export async function saveHold(
  { em, shopId }: World,
  code: string,
  hold: { readonly until: Instant; readonly failures: number; readonly fault: string } | null,
): Promise<void> {
  await rowsOf(
    em,
    sql`update message_provider set held_until = ${atInstantOrNull(hold?.until ?? null)}, failures = ${hold?.failures ?? 0}, fault = ${hold?.fault ?? null}
        where shop_id = ${shopId} and code = ${code}`,
  )
}
