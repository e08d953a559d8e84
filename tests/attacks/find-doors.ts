import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'

const routes = resolve(import.meta.dirname, '..', '..', 'app', 'src', 'routes')
const methods =
  /export (?:const|async function|function) (GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|fallback)\b/g

/**
 * Every door of the product as its source has them: `GET /plans/[id]` a page or a file, `POST /plans/[id]?/answer` an
 * action, `POST /sign-in` a page's only one.
 */
export function findDoors(): string[] {
  const folders = readdirSync(routes, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.startsWith('+'))
    .map((entry) => entry.parentPath)
  return [...new Set(folders)].flatMap(doorsOf).sort()
}

function doorsOf(folder: string): string[] {
  const path = `/${relative(routes, folder)}`
  const doors: string[] = []
  if (existsSync(join(folder, '+page.svelte'))) doors.push(`GET ${path}`)
  const server = join(folder, '+server.ts')
  if (existsSync(server))
    for (const [, method] of readFileSync(server, 'utf8').matchAll(methods)) doors.push(`${method} ${path}`)
  const page = join(folder, '+page.server.ts')
  if (existsSync(page))
    for (const action of actionsIn(readFileSync(page, 'utf8')))
      doors.push(action === 'default' ? `POST ${path}` : `POST ${path}?/${action}`)
  return doors
}

/** The names of the actions: the keys of the exported object, which the formatter indents by two. */
function actionsIn(source: string): string[] {
  const start = source.search(/export const actions\b/)
  if (start < 0) return []
  const body = source.slice(start, source.indexOf('\n}', start))
  const names = [...body.matchAll(/^ {2}(?:async )?(\w+)(?=[:(,])/gm)].map(([, name = '']) => name)
  if (names.length === 0) throw new Error(`no action was found in a page that exports some:\n${body}`)
  return names
}
