import { isIP } from 'node:net'
import { accept, type Result, refuse } from './kernel/result.ts'

/** How the process runs, read once from the environment. */
export type Config = {
  readonly port: number
  readonly host: string
  /** Absent: the embedded database in `dataDir`. */
  readonly databaseUrl: string | null
  readonly dataDir: string
  readonly bootstrapKey: string | null
  readonly logLevel: LogLevel
  /** Addresses and networks of the proxies before this process, which say for whom they ask; empty: nobody is believed. */
  readonly trustedProxies: readonly string[]
  /** Under which secrets of providers are sealed; absent: a key file beside the embedded database, and on a server none can be saved. */
  readonly secret: string | null
  /** Where customers reach this server, without a slash at the end: what leads here from a message begins with it. */
  readonly publicUrl: string | null
  /** Whether providers of messages may be at private addresses, and without TLS. */
  readonly allowPrivateWebhooks: boolean
}

export type LogLevel = (typeof LOG_LEVELS)[number]
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

/** The one reader of the environment. A refusal holds one sentence for each fault. */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): Result<Config, readonly string[]> {
  const faults: string[] = []
  const text = (name: string) => (env[name] === undefined || env[name].trim() === '' ? null : env[name].trim())

  const portText = text('PORT') ?? '4000'
  const port = Number(portText)
  if (!/^\d+$/.test(portText) || port > 65_535) faults.push(`PORT must be a whole number from 0 to 65535, not "${portText}".`)

  const databaseUrl = text('DATABASE_URL')
  if (databaseUrl !== null && !/^postgres(ql)?:\/\//.test(databaseUrl))
    faults.push('DATABASE_URL must begin with postgres:// or postgresql://; leave it out to use the embedded database.')

  const bootstrapKey = text('REGULARS_BOOTSTRAP_KEY')
  if (bootstrapKey !== null && bootstrapKey.length < 32) faults.push('REGULARS_BOOTSTRAP_KEY must have at least 32 characters.')
  if (bootstrapKey?.startsWith('regulars_'))
    faults.push('REGULARS_BOOTSTRAP_KEY must not begin with "regulars_": that is how keys made by Regulars begin.')

  const logLevel = text('LOG_LEVEL') ?? 'info'
  if (!isLogLevel(logLevel)) faults.push(`LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}, not "${logLevel}".`)

  const trustedProxies = text('REGULARS_TRUSTED_PROXIES')?.split(/ *, */) ?? []
  faults.push(...trustedProxies.flatMap((proxy) => proxyFault(proxy) ?? []))

  const secret = text('REGULARS_SECRET')
  if (secret !== null && secret.length < 32) faults.push('REGULARS_SECRET must have at least 32 characters.')

  const publicUrl = text('REGULARS_PUBLIC_URL')
  if (publicUrl !== null && !isPublicUrl(publicUrl))
    faults.push(
      `REGULARS_PUBLIC_URL must be an http or https address without a query, as in "https://regulars.example.com", not "${publicUrl}".`,
    )
  // Whoever tries it on their own machine reads their own mail there.
  const usualUrl = databaseUrl === null && port > 0 ? `http://localhost:${port}` : null

  const privateText = text('REGULARS_ALLOW_PRIVATE_WEBHOOKS') ?? 'false'
  if (privateText !== 'true' && privateText !== 'false')
    faults.push(`REGULARS_ALLOW_PRIVATE_WEBHOOKS must be true or false, not "${privateText}".`)

  if (faults.length > 0 || !isLogLevel(logLevel)) return refuse(faults)
  return accept({
    port,
    host: text('HOST') ?? '127.0.0.1',
    databaseUrl,
    dataDir: text('REGULARS_DATA_DIR') ?? '.regulars',
    bootstrapKey,
    logLevel,
    trustedProxies,
    secret,
    allowPrivateWebhooks: privateText === 'true',
    publicUrl: publicUrl?.replace(/\/+$/, '') ?? usualUrl,
  })
}

/** What is wrong with an address or a network of proxies; null: nothing. */
function proxyFault(proxy: string): string | null {
  const [address = '', bits, ...more] = proxy.split('/')
  const most = { 0: null, 4: 32, 6: 128 }[isIP(address)] ?? null
  const isRange = bits === undefined || (/^\d+$/.test(bits) && most !== null && Number(bits) <= most)
  if (most === null || address.includes('%') || !isRange || more.length > 0)
    return `REGULARS_TRUSTED_PROXIES must be addresses and networks with commas between them, as in "10.0.0.5, 192.168.0.0/16"; "${proxy}" is neither.`
  if (bits !== undefined && Number(bits) === 0)
    return `REGULARS_TRUSTED_PROXIES must not hold "${proxy}": that is everybody, and whoever is trusted says what address they have.`
  return null
}

function isPublicUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null
  return url !== null && ['http:', 'https:'].includes(url.protocol) && url.search === '' && url.hash === '' && url.username === ''
}

const isLogLevel = (value: string): value is LogLevel => (LOG_LEVELS as readonly string[]).includes(value)
