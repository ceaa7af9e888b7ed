/** How a command ends; `regulars --help` says the same. */
export const EXIT = { OK: 0, FAILED: 1, WRONG_USAGE: 2, SOME_REJECTED: 3 } as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** Ends a command with one sentence that says what to do. */
export class Failure extends Error {
  readonly exitCode: ExitCode

  constructor(message: string, exitCode: ExitCode = EXIT.FAILED) {
    super(message)
    this.exitCode = exitCode
  }
}

/** What went wrong, in one sentence, for somebody at a terminal. */
export function sentenceOf(error: unknown): string {
  const first = error instanceof AggregateError ? error.errors[0] : error
  if (!(first instanceof Error)) return String(first)
  if (first instanceof Failure) return first.message
  const { code, path, port } = first as { code?: string; path?: string; port?: number }
  const known = code === undefined ? undefined : KNOWN[code]
  if (known !== undefined) return known(path ?? (port === undefined ? '' : `port ${port}`), firstLine(first))
  return first.cause instanceof AggregateError || isKnown(first.cause) ? sentenceOf(first.cause) : firstLine(first)
}

const firstLine = (error: Error) => (error.message.split('\n')[0] || error.name).trim()

const isKnown = (cause: unknown) => cause instanceof Error && KNOWN[(cause as { code?: string }).code ?? ''] !== undefined

const noServer = (_: string, message: string) => `The database server of DATABASE_URL cannot be reached: ${message}.`
const noAccess = (_: string, message: string) => `The database server of DATABASE_URL refuses: ${message}.`

const KNOWN: Readonly<Record<string, (what: string, message: string) => string>> = {
  ECONNREFUSED: noServer,
  ECONNRESET: noServer,
  ENOTFOUND: noServer,
  ETIMEDOUT: noServer,
  '28P01': noAccess,
  '28000': noAccess,
  '3D000': noAccess,
  '42501': noAccess,
  '57P03': noAccess,
  EADDRINUSE: (what) => `Something else listens at ${what} already: stop it, or choose another PORT.`,
  EACCES: (what) => `${what} may not be opened by this user.`,
  ENOENT: (what) => `There is no file ${what}.`,
  EISDIR: (what) => `${what} is a folder; a file is wanted.`,
  ENOSPC: (what) => `There is no space left for ${what || 'the database'}.`,
}
