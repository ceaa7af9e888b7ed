import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const DIST = path.resolve(import.meta.dirname, '../dist')

/** What a page loads for it: everything in one file, minified and gzipped, in bytes. `npm run build` comes before. */
export async function sizeOf(source: string): Promise<{ minified: number; gzipped: number }> {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: DIST },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    write: false,
  })
  const bundle = outputFiles[0]?.contents ?? new Uint8Array()
  return { minified: bundle.length, gzipped: gzipSync(bundle, { level: 9 }).length }
}

export const ENTRIES = {
  '@regulars/client, all of createStorefront': "export { createStorefront, RegularsError } from './storefront.js'",
  '@regulars/client, the transport and the documents of prices and quotes alone':
    "export { createTransport, dataOf, HOST, memberPricesDocument, quoteDocument, RegularsError } from './storefront.js'",
  '@regulars/client/admin, with all its documents': "export * from './admin.js'",
}

if (process.argv[1] === import.meta.filename)
  for (const [entry, source] of Object.entries(ENTRIES)) {
    const { minified, gzipped } = await sizeOf(source)
    console.log(`${entry}: ${minified} bytes minified, ${gzipped} gzipped`)
  }
