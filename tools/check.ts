import { styleText } from 'node:util'
import { runStep } from './run-step.ts'

// `npm run check`: everything that can be said of the code without running it. With words behind it, only the steps
// that are so named: `npm run check -- types lint`.

interface Step {
  name: string
  what: string
  commands: { run: readonly string[]; folder?: string }[]
}

const steps: Step[] = [
  {
    name: 'types',
    what: 'types of packages, tools, tests and benches',
    commands: [
      { run: ['tsc', '-p', 'tsconfig.json'] },
      { run: ['tsc', '-p', 'tests/tsconfig.json'] },
      { run: ['tsc', '-p', 'bench/tsconfig.json'] },
    ],
  },
  {
    name: 'app-types',
    what: 'types of the product',
    commands: [
      { run: ['svelte-kit', 'sync'], folder: 'app' },
      { run: ['svelte-check', '--fail-on-warnings', '--output', 'human'], folder: 'app' },
    ],
  },
  { name: 'lint', what: 'lint and format', commands: [{ run: ['biome', 'ci', '--error-on-warnings', '.'] }] },
  {
    name: 'ladder',
    what: 'who may import whom',
    commands: [
      { run: ['depcruise', 'app/src', 'packages', 'tests', 'tools', 'bench', '--output-type', 'err-long'] },
    ],
  },
  { name: 'dead', what: 'dead code and unused packages', commands: [{ run: ['knip'] }] },
  {
    name: 'audit',
    what: 'what comes from the registry: licences, hashes, scripts, advisories',
    commands: [{ run: ['node', 'tools/audit-dependencies.ts'] }],
  },
  { name: 'house', what: 'rules of the house', commands: [{ run: ['node', 'tools/check-house-rules.ts'] }] },
  {
    name: 'generated',
    what: 'generated files are current',
    commands: [{ run: ['node', 'tools/generate-tables.ts', '--check'] }],
  },
]

const notesOf = (output: string): string =>
  (output.match(/^note: .*$/gm) ?? []).map((line) => `  ${line}\n`).join('')

const asked = process.argv.slice(2)
const chosen = asked.length === 0 ? steps : steps.filter((step) => asked.includes(step.name))
if (chosen.length < Math.max(asked.length, 1)) {
  console.error(`There are these steps: ${steps.map((step) => step.name).join(', ')}`)
  process.exit(2)
}

let failed = 0
for (const { name, what, commands } of chosen) {
  const startedAt = performance.now()
  let said = ''
  let good = true
  for (const { run, folder } of commands) {
    const { code, output } = await runStep(run, folder === undefined ? {} : { folder })
    if (code !== 0) good = false
    // Of what went well only the notes are told: what a step could not see.
    said += code === 0 ? notesOf(output) : output
  }
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  const sign = good ? styleText('green', '✓') : styleText('red', '✗')
  console.log(`${sign} ${name.padEnd(10)} ${what} ${styleText('dim', `${seconds} s`)}`)
  if (said) console.log(said.trimEnd())
  if (!good) failed += 1
}
console.log(failed === 0 ? 'All checks pass.' : `${failed} of ${chosen.length} checks failed.`)
process.exitCode = failed === 0 ? 0 : 1
