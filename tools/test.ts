import { parseCLI, startVitest, type TestModule } from 'vitest/node'
import { runStep } from './run-step.ts'

// `npm test`: every test, on the embedded database or that of TEST_DATABASE_URL; words behind it choose files, as
// with Vitest: `npm test -- start-stop`, `npm test -- --project unit`. The last line says how many passed and failed.

/** A file that can't even be loaded holds no tests to fail: it counts as one. */
function countOf(module: TestModule): { passed: number; failed: number } {
  const tests = [...module.children.allTests()]
  const passed = tests.filter((test) => test.result().state === 'passed').length
  const failed = tests.filter((test) => test.result().state === 'failed').length
  const isBroken = failed === 0 && module.state() === 'failed'
  return { passed, failed: isBroken ? 1 : failed }
}

// The types and settings that the framework writes beside the pages; npm takes them away with each install.
const synced = await runStep(['svelte-kit', 'sync'], { folder: 'app' })
if (synced.code !== 0) {
  console.error(synced.output)
  console.log('0 passed, 1 failed')
  process.exit(1)
}
const { filter, options } = parseCLI(['vitest', 'run', ...process.argv.slice(2)])
const vitest = await startVitest('test', filter, { ...options, watch: false })
const counts = vitest.state.getTestModules().map(countOf)
const unhandled = vitest.state.getUnhandledErrors().length
await vitest.close()

const passed = counts.reduce((sum, count) => sum + count.passed, 0)
const failed = counts.reduce((sum, count) => sum + count.failed, 0) + unhandled
console.log(`${passed} passed, ${failed} failed`)
// No test at all is a failure too: a wrong word behind the command must not look like success.
process.exit(failed === 0 && passed > 0 ? 0 : 1)
