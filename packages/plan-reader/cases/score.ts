import { parseArgs } from 'node:util'
import { type Case, listOwnCases, listSharedCases } from './case-files.ts'
import { measureCase, summarise } from './measure-cases.ts'

const usage = `npm run corpus -- [--verbose] [--only NAME] [--min SCORE]

Scores the reader on the project's own cases and, where ../shared/corpus (or the folder in TRIENKHAI_CORPUS)
is there, on the real plans in it.
  --verbose    what was missed, was too much or differs
  --only NAME  cases whose name holds NAME
  --min SCORE  exit code 1 where an overall score is lower`

const { values } = parseArgs({
  options: {
    verbose: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    min: { type: 'string', default: '0' },
    help: { type: 'boolean', default: false },
  },
})

if (values.help) {
  console.log(usage)
} else {
  const scores = [
    await printSet("The project's own cases", listOwnCases()),
    await printSet('The real plans beside the project', listSharedCases()),
  ]
  if (scores.some((score) => score < Number(values.min))) process.exitCode = 1
}

/** Prints one set and returns its overall score; 1 for a set with nothing in it. */
async function printSet(title: string, cases: Case[]): Promise<number> {
  const chosen = cases.filter((one) => one.name.includes(values.only))
  if (chosen.length === 0) return 1
  console.log(title)
  const measurements = await Promise.all(chosen.map(measureCase))
  for (const { name, overall, misses } of measurements) {
    console.log(`  ${overall.toFixed(3)}  ${name}`)
    if (values.verbose) for (const miss of misses) console.log(`           ${miss}`)
  }
  const { fields, overall } = summarise(measurements)
  console.log(`  ${[...fields].map(([field, score]) => `${field} ${score.toFixed(2)}`).join('  ')}`)
  console.log(`  overall ${overall.toFixed(3)} over ${chosen.length}\n`)
  return overall
}
