import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.mts'],
    globalSetup: 'test/shop/run.mts',
    // All files share one shop: see test/shop/open.mts.
    isolate: false,
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
})
