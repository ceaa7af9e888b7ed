import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname, uptime } from 'node:os'
import path from 'node:path'

/**
 * An embedded database's folder is one process's alone: two at once would each write over the other. Whoever holds it
 * says so in a file in the folder. A holder that was killed leaves the file behind, so a file counts only while its
 * holder lives: on this host its process is looked up; of another host (a container on a shared volume) it must have
 * shown signs of life within the last minute.
 */
export type FolderLock = { readonly release: () => void }

export class FolderInUse extends Error {}

const SIGN_OF_LIFE_EVERY_MS = 5_000
const DEAD_AFTER_MS = 60_000

export function lockFolder(folder: string): FolderLock {
  mkdirSync(folder, { recursive: true })
  const file = path.join(folder, 'regulars.lock')
  const mine = JSON.stringify(holderHere(folder))
  for (let attempt = 0; !claimed(file, mine); attempt += 1) {
    const found = read(file)
    const holder = found === null ? null : parse(found)
    if (holder !== null && lives(holder, file, folder)) throw new FolderInUse(inUse(folder, file, holder))
    if (attempt > 10) throw new FolderInUse(`The database folder ${folder} cannot be claimed: ${file} keeps coming back.`)
    if (found !== null) clear(file, found, mine)
  }
  const beat = setInterval(() => touch(file), SIGN_OF_LIFE_EVERY_MS).unref()
  return {
    release: () => {
      clearInterval(beat)
      if (read(file) === mine) rmSync(file, { force: true })
    },
  }
}

/** `folder` is the folder's inode: a copy of a folder in use is not in use. `started` tells a process from a later one of the same number. */
type Holder = {
  readonly pid: number
  readonly host: string
  readonly started: string | null
  readonly since: number
  readonly folder: number
}

function holderHere(folder: string): Holder {
  const own = processOf(process.pid)
  const started = own === null || own === 'UNTOLD' ? null : own.started
  return { pid: process.pid, host: hostname(), started, since: Date.now(), folder: statSync(folder).ino }
}

function lives(holder: Holder, file: string, folder: string): boolean {
  if (holder.folder !== statSync(folder).ino) return false
  if (holder.host !== hostname()) return Date.now() - statSync(file).mtimeMs < DEAD_AFTER_MS
  if (holder.since < Date.now() - uptime() * 1_000) return false
  const found = processOf(holder.pid)
  if (found === 'UNTOLD') return answers(holder.pid)
  return found !== null && (holder.started === null || holder.started === found.started)
}

/**
 * A process as Linux tells of it: when it started, in the system's own ticks. Null when it is over, a zombie too: it has
 * let go of everything, and in a container there may be nobody to bury it. UNTOLD on systems that have no /proc.
 */
function processOf(pid: number): { started: string } | null | 'UNTOLD' {
  if (!existsSync('/proc/self/stat')) return 'UNTOLD'
  const stat = read(`/proc/${pid}/stat`)
  // The second field, the command in brackets, may itself hold blanks and brackets.
  const [state, ...fields] = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? []
  const started = fields[18]
  return state === undefined || 'ZX'.includes(state) || started === undefined ? null : { started }
}

function answers(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it lives, as somebody else's.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function claimed(file: string, mine: string): boolean {
  try {
    writeFileSync(file, mine, { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** Takes a dead holder's file away. If another process was quicker, and the file is by now its own, it is put back. */
function clear(file: string, seen: string, mine: string): void {
  const aside = `${file}.${process.pid}`
  try {
    renameSync(file, aside)
  } catch {
    return
  }
  const taken = read(aside)
  if (taken !== null && taken !== seen && taken !== mine) renameSync(aside, file)
  else rmSync(aside, { force: true })
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

/** Null for what no holder wrote whole. */
function parse(text: string): Holder | null {
  try {
    const holder = JSON.parse(text) as Partial<Holder>
    return typeof holder.pid === 'number' && typeof holder.host === 'string' ? (holder as Holder) : null
  } catch {
    return null
  }
}

function touch(file: string): void {
  try {
    utimesSync(file, new Date(), new Date())
  } catch {
    // The folder is gone; nobody can want it now.
  }
}

const inUse = (folder: string, file: string, holder: Holder) =>
  holder.host === hostname()
    ? `The database folder ${folder} is in use by process ${holder.pid}: the embedded database takes one process at a time. Stop that one first, or put both on a server with DATABASE_URL.`
    : `The database folder ${folder} is in use by process ${holder.pid} on ${holder.host}: the embedded database takes one process at a time. Stop that one first; if it was killed, wait a minute or delete ${file}.`
