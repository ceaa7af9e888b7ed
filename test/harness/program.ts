import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { inject } from 'vitest'
import { cloneTemplate } from './database.ts'
import { compiledFolder } from './template.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')

/** A command of the program as it is shipped, in a process of its own. */
export type Command = {
  readonly process: ChildProcess
  /** All that it has said so far, on both outputs. */
  readonly said: () => string
  /** The exit code, once it has ended. */
  readonly ended: Promise<number | null>
  /** Waits until it has said something that matches; throws when it ends before. */
  readonly says: (what: RegExp) => Promise<RegExpExecArray>
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

/** `regulars serve`, ready. */
export type Program = Command & { readonly url: string }

/** Compiles the program once for each run of the tests, whichever worker asks first. */
export async function compiled(): Promise<string> {
  const folder = compiledFolder(inject('run'))
  const done = path.join(folder, 'done')
  const first = await mkdir(folder).then(
    () => true,
    () => false,
  )
  if (first) {
    await promisify(execFile)(
      process.execPath,
      [path.join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json', '--outDir', folder],
      { cwd: ROOT },
    ).catch(
      // A type error is `npm run check`'s to tell; what was emitted runs all the same.
      () => undefined,
    )
    await mkdir(done)
  }
  while (!existsSync(done)) await sleep(50)
  return path.join(folder, 'src/cli/main.js')
}

/** Starts `regulars serve` on a database of its own (or the one at `databaseUrl`) and waits until it is ready. */
export async function startProgram(env: Readonly<Record<string, string>> = {}): Promise<Program> {
  const place = env.DATABASE_URL === undefined ? await ownDatabase() : { env: {}, drop: async () => {} }
  const command = await startCommand(['serve'], { PORT: '0', ...place.env, ...env })
  const [, url = ''] = await command.says(/the storefront API is at (http:\/\/[^/]+)\//)
  return {
    ...command,
    url,
    [Symbol.asyncDispose]: async () => {
      await command[Symbol.asyncDispose]()
      await place.drop()
    },
  }
}

/** Starts `regulars` with these arguments, and knows of the environment only what is said here. */
export async function startCommand(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Command> {
  const child = spawn(process.execPath, [await compiled(), ...args], {
    cwd: tmpdir(),
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const output of [child.stdout, child.stderr]) output.setEncoding('utf8').on('data', (part: string) => (text += part))
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  return {
    process: child,
    said: () => text,
    ended,
    says: (what) => untilSaid(what, () => text, ended),
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
      await ended
    },
  }
}

async function untilSaid(what: RegExp, said: () => string, ended: Promise<unknown>): Promise<RegExpExecArray> {
  const over = ended.then(() => true)
  for (;;) {
    const found = what.exec(said())
    if (found !== null) return found
    if (await Promise.race([over, sleep(50, false)])) throw new Error(`the program ended:\n${said()}`)
  }
}

/** A place for one program's data, empty. */
export async function ownDatabase(): Promise<{ env: Record<string, string>; drop: () => Promise<void> }> {
  if (inject('template') !== null) {
    const { url, drop } = await cloneTemplate()
    return { env: { DATABASE_URL: url }, drop }
  }
  const folder = await mkdtemp(path.join(tmpdir(), 'regulars-program-'))
  return { env: { REGULARS_DATA_DIR: path.join(folder, 'data') }, drop: () => rm(folder, { recursive: true, force: true }) }
}
