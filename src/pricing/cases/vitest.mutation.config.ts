import { defineConfig } from 'vitest/config'

// For mutation testing: the examples alone. Random tests would make it slow, and a mutant's death a matter of luck.
// biome-ignore lint/style/noDefaultExport: so vitest reads its configuration.
export default defineConfig({
  test: {
    include: ['src/pricing/**/*.spec.ts', 'src/kernel/**/*.spec.ts'],
    exclude: ['src/pricing/properties.spec.ts', 'src/pricing/reference.spec.ts'],
  },
})
