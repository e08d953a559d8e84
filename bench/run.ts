// `npm run bench -- NAME`: measures one thing and prints it. Never part of the tests: what is measured depends on the
// machine and on what else it does.

const benches: Record<string, { what: string; load: () => Promise<Bench> }> = {
  reader: { what: 'the plan reader, beside pandoc', load: () => import('./reader.ts') },
  access: {
    what: 'what row-level security costs those pages of the database',
    load: () => import('./access.ts'),
  },
  import: { what: 'bringing 150,000 people in from a sheet', load: () => import('./import.ts') },
  limits: { what: 'what it costs a search to be counted', load: () => import('./limits.ts') },
  looks: {
    what: 'what it costs a page to put a look at personal data on record',
    load: () => import('./looks.ts'),
  },
  organisations: {
    what: 'reads of 60,000 organisations, today and as of a day',
    load: () => import('./organisations.ts'),
  },
  people: {
    what: 'people and audiences among a million people',
    load: () => import('./people.ts'),
  },
  past: { what: 'the same pages as of a day of the past', load: () => import('./past.ts') },
  pages: { what: 'pages of the product on sample data of 8,000 cells', load: () => import('./pages.ts') },
}

interface Bench {
  run: (args: string[]) => Promise<void>
}

const [name = '', ...args] = process.argv.slice(2)
const bench = Object.hasOwn(benches, name) ? benches[name] : undefined
if (bench) {
  await (await bench.load()).run(args)
} else {
  const list = Object.entries(benches).map(([known, { what }]) => `  ${known.padEnd(13)} ${what}`)
  console.error(`npm run bench -- NAME, where NAME is one of\n${list.join('\n')}`)
  process.exitCode = 2
}
