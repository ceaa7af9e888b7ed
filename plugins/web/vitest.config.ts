import { defineConfig } from 'vitest/config'

/** In Chromium, against a real engine: `npm run build` at the root comes before. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/world.setup.ts',
    maxWorkers: 2,
    expect: { poll: { timeout: 60_000 } },
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
})
