import { readFileSync } from 'node:fs'

/** The kernel's ticks are hundredths of a second wherever Node.js runs. */
const MS_A_TICK = 10

/** Milliseconds of processor time that processes of this machine have had; of one that is over nothing. Null where the system does not tell. */
export function processorTime(pids: readonly number[]): number | null {
  if (process.platform !== 'linux' || pids.length === 0) return null
  return pids.reduce((sum, pid) => sum + ticksOf(pid), 0) * MS_A_TICK
}

function ticksOf(pid: number): number {
  try {
    // After the name, which stands in brackets and may hold anything: user and system time are the 12th and 13th.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
    return Number(fields[11]) + Number(fields[12])
  } catch {
    return 0
  }
}
