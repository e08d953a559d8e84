import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { projectFolder } from './run-step.ts'

// What CONTRIBUTING.md asks of every file and no other tool looks for. Each message says what to do instead.

interface Rule {
  /** Which files it is about, by their path from the project's folder. */
  about: (path: string) => boolean
  broken: (text: string, path: string) => string | undefined
}

const isCode = (path: string): boolean => /\.(ts|svelte)$/.test(path)
const isOurs = (path: string): boolean =>
  isCode(path) && path !== 'app/src/server/database/tables.ts' && path !== 'tools/check-house-rules.ts'
const vagueNames = /^(utils?|helpers?|common|types|constants|service|services|manager|misc)\.ts$/
/** Lines. About 300 is what one subject takes; a page with its mark-up takes more. */
const longest = { ts: 500, svelte: 700 }

const rules: Rule[] = [
  {
    about: isOurs,
    broken: (_, path) =>
      basename(path) === 'index.ts'
        ? 'no barrels: import the file that holds it, and give this one a subject'
        : undefined,
  },
  {
    about: isOurs,
    broken: (_, path) =>
      vagueNames.test(basename(path)) ? 'name the subject, not the kind of file' : undefined,
  },
  {
    about: (path) => path.endsWith('.ts') && !path.includes('/routes/') && isOurs(path),
    broken: (_, path) =>
      /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|test-data|server|svelte|config|d))?\.ts$/.test(basename(path))
        ? undefined
        : 'files are named in kebab-case',
  },
  {
    about: (path) => path.endsWith('.svelte') && !path.includes('/+') && isOurs(path),
    broken: (_, path) =>
      /^[A-Z][A-Za-z0-9]*\.svelte$/.test(basename(path)) ? undefined : 'components are named in PascalCase',
  },
  {
    about: isOurs,
    broken: (text) => findIn(text, /\b(TODO|FIXME|XXX)\b/, 'do it, or write an issue'),
  },
  {
    about: isOurs,
    broken: (text) =>
      findIn(
        text,
        /@ts-(ignore|expect-error|nocheck)|biome-ignore|svelte-ignore/,
        'mend the cause instead of hiding it',
      ),
  },
  {
    about: (path) => path.endsWith('.test.ts') && isOurs(path),
    broken: (text) =>
      findIn(
        text,
        /\b(test|it|describe)\.(skip|only|todo|fails)\b|context\.skip\(/,
        'no test is skipped or left alone',
      ),
  },
  {
    about: isOurs,
    broken: (text, path) => {
      const lines = text.split('\n').length
      return lines > (path.endsWith('.svelte') ? longest.svelte : longest.ts)
        ? `${lines} lines: it holds two subjects by now; make it a folder`
        : undefined
    },
  },
  {
    about: (path) => !path.endsWith('package-lock.json') && path !== 'tools/check-house-rules.ts',
    broken: (text) =>
      findIn(text, /\/work\/(main|shared|\.library)\b/, 'a path of one machine has no place here'),
  },
]

function findIn(text: string, pattern: RegExp, advice: string): string | undefined {
  const found = pattern.exec(text)
  if (!found) return undefined
  const line = text.slice(0, found.index).split('\n').length
  return `line ${line}: ${found[0]}: ${advice}`
}

/** Files under version control, and new ones that aren't ignored. */
function listFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: projectFolder,
    encoding: 'utf8',
    maxBuffer: 64_000_000,
  })
  return listed.split('\0').filter((path) => path !== '' && existsSync(join(projectFolder, path)))
}

const isText = (path: string): boolean => /\.(ts|svelte|md|json|sql|css|html|mjs|txt)$/.test(path)

let broken = 0
for (const path of listFiles().filter(isText)) {
  const text = readFileSync(join(projectFolder, path), 'utf8')
  for (const rule of rules) {
    const complaint = rule.about(path) ? rule.broken(text, path) : undefined
    if (complaint === undefined) continue
    broken += 1
    console.error(`${path}: ${complaint}`)
  }
}
process.exitCode = broken === 0 ? 0 : 1
