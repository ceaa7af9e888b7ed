/** What a page loads, in bytes: minified by esbuild, gzipped as servers do. `npm run size -w @regulars/web` prints it. */
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const entry = path.join(import.meta.dirname, '../src/index.ts')

async function weigh(external: string[]): Promise<number> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    charset: 'utf8',
    write: false,
    external,
  })
  return gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length
}

/** The client's share is what the whole would be less without it. */
export async function sizes(): Promise<{ whole: number; components: number; client: number }> {
  const [whole, components] = [await weigh([]), await weigh(['@regulars/client'])]
  return { whole, components, client: whole - components }
}

if (process.argv[1] === import.meta.filename) {
  const { whole, components, client } = await sizes()
  console.log(`All components with the client: ${whole} bytes, minified and gzipped (components ${components}, client ${client}).`)
}
