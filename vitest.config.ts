import { defineConfig } from 'vitest/config'

// Three kinds of tests by what they need: nothing, a database, the whole built product. `node tools/test.ts` runs all.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['packages/*/{src,cases}/**/*.test.ts', 'tools/**/*.test.ts'],
        },
      },
      {
        root: 'app',
        test: {
          name: 'database',
          include: ['src/**/*.test.ts'],
          globalSetup: ['../tests/helpers/database-server.ts'],
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'product',
          include: ['tests/{journeys,attacks,faults}/**/*.test.ts'],
          globalSetup: ['tests/helpers/built-product.ts'],
          testTimeout: 180_000,
          hookTimeout: 300_000,
          // Each file starts the whole product: one at a time on two cores.
          fileParallelism: false,
        },
      },
    ],
  },
})
