import { trace } from '../audit/audit.service.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { sealOf } from '../shell/seal.ts'
import { wake } from '../shell/topic.ts'
import { transact, type World } from '../shell/world.ts'
import { MESSAGES, senderOf } from './message.topic.ts'
import type { OpenProvider, Provider, WantedProvider } from './provider.model.ts'
import { readProvider } from './provider.rules.ts'
import { findEnabled, findOther, findProviderRow, listProviderRows, type SealedProvider, writeProvider } from './provider.store.ts'
import { secretFault } from './signature.rules.ts'
import { webhookUrlFault } from './webhook.service.ts'

/** Creates the provider of this code, or replaces it; a secret that is not given stays as it is. */
export function saveProvider(world: World, wanted: WantedProvider): Promise<Result<Provider, Problem>> {
  return transact(world, async (tx) => {
    const checked = readProvider(wanted)
    if (!checked.ok) return checked
    const before = await findProviderRow(tx, wanted.code)
    const settings = settingsOf(tx, wanted, before)
    if (!settings.ok) return settings
    const sealed = sealSecret(tx, wanted, before?.sealed ?? null)
    if (!sealed.ok) return sealed
    const other = wanted.enabled ? await findOther(tx, wanted.channel, wanted.code) : null
    if (other !== null)
      return refuse(
        problem('IN_USE', `"${other}" carries ${wanted.channel} already: save it with enabled: false first.`, ['input', 'enabled']),
      )
    const after = await writeProvider(tx, { ...wanted, settings: settings.value }, sealed.value)
    await trace(tx, { action: 'saveMessageProvider', target: `provider/${wanted.code}`, before: before?.provider ?? null, after })
    wake(tx, MESSAGES)
    return accept(after)
  })
}

/** The settings by the kind of provider; what signs both ways must be there, and good. */
function settingsOf(
  world: World,
  wanted: WantedProvider,
  before: SealedProvider | null,
): Result<Readonly<Record<string, unknown>>, Problem> {
  const settings = senderOf(world, wanted.kind)?.settings?.(wanted.settings, wanted.channel) ?? accept(wanted.settings)
  if (!settings.ok || wanted.kind !== 'WEBHOOK') return settings
  const faultyUrl = webhookUrlFault(world, String(settings.value.url))
  if (faultyUrl !== null) return refuse(problem('BAD_USER_INPUT', `url: ${faultyUrl}.`, ['input', 'settings', 'url']))
  const kept = before?.provider.kind === 'WEBHOOK' && before.sealed !== null
  const faultySecret = wanted.secret == null && kept ? null : secretFault(wanted.secret ?? '')
  return faultySecret === null ? settings : refuse(problem('BAD_USER_INPUT', faultySecret, ['input', 'secret']))
}

const aboutOf = ({ shopId }: World, code: string) => `provider/${shopId}/${code}`

function sealSecret(world: World, { code, secret }: WantedProvider, before: Buffer | null): Result<Buffer | null, Problem> {
  if (secret == null) return accept(before)
  const seal = sealOf(world.memory)
  if (seal !== null) return accept(seal.close(secret, aboutOf(world, code)))
  const message =
    'Secrets are kept sealed, and this server has no key to seal them with: start it with REGULARS_SECRET (at least 32 characters).'
  return refuse(problem('CONFLICT', message, ['input', 'secret']))
}

export const listProviders = (world: World): Promise<Provider[]> => listProviderRows(world)

/** Those that carry messages now, open. One whose secret cannot be opened here (another REGULARS_SECRET) is `locked`. */
export async function openProviders(
  world: World,
): Promise<{ readonly open: readonly OpenProvider[]; readonly locked: readonly Provider[] }> {
  const all = (await findEnabled(world)).map((one) => ({ provider: one.provider, opened: unseal(world, one) }))
  return {
    open: all.flatMap(({ opened }) => opened ?? []),
    locked: all.flatMap(({ provider, opened }) => (opened === null ? provider : [])),
  }
}

function unseal(world: World, { provider, sealed }: SealedProvider): OpenProvider | null {
  if (sealed === null) return { ...provider, secret: null }
  const secret = sealOf(world.memory)?.open(sealed, aboutOf(world, provider.code)) ?? null
  return secret === null ? null : { ...provider, secret }
}

/** The secret of a provider, for who must check what it signed; null where it has none or it cannot be opened here. */
export async function secretOf(world: World, code: string): Promise<string | null> {
  const found = await findProviderRow(world, code)
  return found === null ? null : (unseal(world, found)?.secret ?? null)
}

/** Whether a provider would take a message; with an address, sends one that says so. Null: it would. */
export async function testProvider(world: World, code: string, to: string | null): Promise<Result<string | null, Problem>> {
  const found = await findProviderRow(world, code)
  if (found === null) return refuse(problem('NOT_FOUND', `There is no provider "${code.slice(0, 200)}".`, ['code']))
  const opened = unseal(world, found)
  if (opened === null) return accept(LOCKED)
  const sender = senderOf(world, opened.kind)
  const said = sender === null ? `This server cannot send by ${opened.kind}.` : await sender.test(world, opened, to)
  return transact(world, async (tx) => {
    await trace(tx, { action: 'testMessageProvider', target: `provider/${code}`, after: { works: said === null } })
    return accept(said)
  })
}

export const LOCKED = 'Its secret was sealed under another REGULARS_SECRET than this server has: save it with its secret again.'
