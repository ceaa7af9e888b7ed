/** One file for a page without a bundler, and the rest of what the package brings. `tsc` came before. */
import { cp } from 'node:fs/promises'
import path from 'node:path'
import { build } from 'esbuild'

const here = (name: string) => path.join(import.meta.dirname, name)

await build({
  entryPoints: [here('src/index.ts')],
  outfile: here('dist/regulars.min.js'),
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  charset: 'utf8',
  sourcemap: true,
})
await cp(here('regulars.css'), here('dist/regulars.css'))
