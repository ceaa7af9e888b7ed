import { execFile } from 'node:child_process'
import { glob, stat } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'

const ROOT = path.resolve(import.meta.dirname, '../..')
const SOURCES = ['codegen.yml', 'schema/*.graphql', 'test/**/*.{admin,storefront}.graphql']
const GENERATED = ['test/generated/admin.ts', 'test/generated/storefront.ts']

/** The types of the tests' operations (npm run codegen), made anew when what they are made from has changed. */
export async function setup(): Promise<void> {
  const newest = Math.max(...(await Promise.all((await sources()).map(changedAt))))
  const oldest = Math.min(...(await Promise.all(GENERATED.map(changedAt))))
  if (newest <= oldest) return
  const codegen = path.join(ROOT, 'node_modules/@graphql-codegen/cli/esm/bin.js')
  await promisify(execFile)(process.execPath, [codegen, '--config', 'codegen.yml', '--silent'], { cwd: ROOT })
}

async function sources(): Promise<string[]> {
  const found: string[] = []
  for await (const file of glob(SOURCES, { cwd: ROOT })) found.push(file)
  return found
}

/** Since when a file is as it is; 0 for one that is not there. */
const changedAt = (file: string): Promise<number> =>
  stat(path.join(ROOT, file)).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  )
