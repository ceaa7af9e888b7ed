import { createRequire } from 'node:module'
import { defineConfig } from 'vitest/config'

const require = createRequire(import.meta.url)

export default defineConfig({
  // One graphql instance: Vite would take the .mjs build while type-graphql loads the CommonJS one.
  resolve: { alias: [{ find: /^graphql$/, replacement: require.resolve('graphql') }] },
  test: {
    include: ['src/**/*.spec.ts', 'test/**/*.test.ts'],
    globalSetup: ['test/harness/generate.ts', 'test/harness/template.ts'],
    // One process a core, each with one server and one database for all its files; each test has a shop of its own.
    pool: 'forks',
    maxWorkers: 2,
    isolate: false,
    // For what never ends. The embedded database was seen to stand still in one statement for three minutes, once in some ten thousand tests.
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
})
