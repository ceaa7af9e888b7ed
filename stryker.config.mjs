/**
 * Mutation testing of what decides over money: `stryker run`. Every change that it makes to the engine should break an example.
 * @type {import('@stryker-mutator/api/core').PartialStrykerOptions}
 */
export default {
  testRunner: 'vitest',
  vitest: { configFile: 'src/pricing/cases/vitest.mutation.config.ts' },
  // The random shops and the second writing of the rules are there to judge the engine, not to be judged.
  mutate: ['src/pricing/**/*.ts', 'src/kernel/**/*.ts', '!src/**/*.spec.ts', '!src/pricing/cases/**'],
  // Only what the engine and its specs are made of is copied into the sandboxes.
  ignorePatterns: ['**', '!src/pricing/**', '!src/kernel/**', '!package.json', '!stryker.config.mjs'],
  incremental: true,
  incrementalFile: 'node_modules/.cache/stryker/incremental.json',
  tempDirName: '.stryker-tmp',
  // No checker, and no tsconfig to be rewritten: TypeScript 7 has no API for either yet.
  checkers: [],
  tsconfigFile: 'none',
  concurrency: 2,
  timeoutMS: 10_000,
  reporters: ['clear-text', 'progress', 'json'],
  jsonReporter: { fileName: 'node_modules/.cache/stryker/mutation.json' },
  thresholds: { high: 95, low: 90, break: 90 },
}
