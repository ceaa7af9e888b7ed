import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import type { Block } from './document.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
/** Between what one block says and what the next does. */
const MARK = '===='

export type Place = {
  /** The compiled program, in place of dist/src/cli/main.js. */
  readonly main: string
  /** The folder and the port that the guide names, and those to use in their place. */
  readonly folder: readonly [string, string]
  readonly port: readonly [number, number]
  readonly env?: Readonly<Record<string, string>>
}

/** All blocks in one shell, as in one terminal, but in a folder and at a port of their own; what each of them says. */
export async function runBlocks(blocks: readonly Block[], { main, folder, port, env }: Place): Promise<string[]> {
  const script = blocks
    .map((block) => block.text)
    .join(`echo ${MARK}\n`)
    .replaceAll('dist/src/cli/main.js', `"${main}"`)
    .replaceAll(folder[0], path.join(folder[1], 'data'))
    .replace(`PORT=${port[0]}`, `PORT=${port[1]}`)
  const { stdout } = await promisify(execFile)('bash', ['-euc', `trap 'kill $(jobs -p) 2> /dev/null || true' EXIT\n${script}`], {
    cwd: ROOT,
    env: { PATH: `${path.join(ROOT, 'node_modules/.bin')}:${process.env.PATH}`, LOG_LEVEL: 'warn', ...env },
  })
  return stdout.split(`${MARK}\n`)
}

/** Each answer that the guide shows below its command, as it is told and as it was said. */
export const answersTold = (blocks: readonly Block[], runnable: readonly Block[], said: readonly string[]) =>
  runnable.flatMap((block, i) => {
    const next = blocks[blocks.indexOf(block) + 1]
    return next?.info === 'json' ? [{ told: JSON.parse(next.text), said: JSON.parse(said[i] ?? '') }] : []
  })
