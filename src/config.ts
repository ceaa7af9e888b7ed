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

  if (faults.length > 0 || !isLogLevel(logLevel)) return refuse(faults)
  return accept({
    port,
    host: text('HOST') ?? '127.0.0.1',
    databaseUrl,
    dataDir: text('REGULARS_DATA_DIR') ?? '.regulars',
    bootstrapKey,
    logLevel,
  })
}

const isLogLevel = (value: string): value is LogLevel => (LOG_LEVELS as readonly string[]).includes(value)
