import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'

// Three kinds of tests by what they need, run one after the other: nothing, a database, the whole built product. On a
// server of TEST_DATABASE_URL, those that ask no database, weigh scripts, or are about the embedded one, have nothing to tell.
const cores = availableParallelism()
const isElsewhere = Boolean(process.env['TEST_DATABASE_URL'])
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          sequence: { groupOrder: 0 },
          maxWorkers: cores,
          include: isElsewhere ? [] : ['packages/*/{src,cases}/**/*.test.ts', 'tools/**/*.test.ts'],
        },
      },
      {
        root: 'app',
        test: {
          name: 'database',
          sequence: { groupOrder: 1 },
          // A file holds a dozen sessions, and a server grants a hundred.
          maxWorkers: Math.min(cores, 4),
          include: ['src/**/*.test.ts'],
          globalSetup: [resolve(import.meta.dirname, 'tests/helpers/database-server.ts')],
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'product',
          sequence: { groupOrder: 2 },
          include: ['tests/{journeys,attacks,faults}/**/*.test.ts'],
          exclude: isElsewhere
            ? ['tests/faults/{disk-full,kill,start-stop}.test.ts', 'tests/journeys/weight.test.ts']
            : [],
          globalSetup: ['tests/helpers/built-product.ts'],
          testTimeout: 180_000,
          hookTimeout: 300_000,
          // Each file starts the whole product and often a browser: not more at once than the cores of a small machine.
          maxWorkers: 2,
        },
      },
    ],
  },
})
