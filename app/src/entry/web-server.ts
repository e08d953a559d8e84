import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import compression from 'compression'
import { sql } from 'kysely'
import type { Settings } from '#env.ts'
import type { Database } from '#server/database/handles.ts'
import { log } from '#server/platform/log.ts'
import { setSafeHeaders } from './safe-headers.ts'

/** The built pages' handler, as adapter-node makes it. */
type Handler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void

export interface Web {
  /** Takes no more requests and finishes those under way, ten seconds at most. */
  stop: () => Promise<void>
}

interface WebState {
  database: Database
  /** Whether jobs are being done, where they should be. */
  isWorking: () => Promise<boolean>
}

const longestGoodbyeMilliseconds = 10_000
/** Headers that only we set, so that a request can't say of itself that it came by https. */
const schemeHeader = 'x-trienkhai-scheme'
const hostHeader = 'x-trienkhai-host'

/** Serves the built pages, and `/health`, on the host and port of the settings. */
export async function startWeb(settings: Settings, state: WebState): Promise<Web> {
  const handler = await loadPages(settings)
  const compress = compression({ threshold: 1_024 })
  const health = watchHealth(state)
  const isHttps = settings.baseUrl.startsWith('https:')
  const server = createServer((request, response) => {
    logWhenDone(request, response)
    setSafeHeaders(response, { isHttps, isPart: request.url?.startsWith('/_app/immutable/') ?? false })
    if (request.url === '/health') return void health(response)
    tellOrigin(request, settings)
    compress(request as never, response as never, () => {
      handler(request, response, () => {
        response.statusCode = 404
        response.end()
      })
    })
  })
  limit(server)
  await new Promise<void>((done, fail) => {
    server.once('error', fail)
    server.listen(settings.port, settings.host, done)
  })
  return { stop: () => stopServer(server) }
}

/** The pages read these when they are loaded, so they are set first. */
async function loadPages(settings: Settings): Promise<Handler> {
  process.env['PROTOCOL_HEADER'] = schemeHeader
  process.env['HOST_HEADER'] = hostHeader
  if (settings.addressHeader) process.env['ADDRESS_HEADER'] = settings.addressHeader
  // A form may carry several files at once; each is held to its own limit where it is kept.
  process.env['BODY_SIZE_LIMIT'] = String(settings.mostUploadBytes * 4 + 1_000_000)
  const file = join(resolve(import.meta.dirname, '..', '..'), 'build', 'handler.js')
  const { handler }: { handler: Handler } = await import(pathToFileURL(file).href)
  return handler
}

/**
 * Tells the pages by which address they are visited: BASE_URL where it is given (there is a proxy before us), or
 * what the browser asked for. Without it adapter-node takes https for granted and refuses every form.
 */
function tellOrigin(request: IncomingMessage, settings: Settings): void {
  const given = settings.baseUrlIsGiven ? new URL(settings.baseUrl) : undefined
  const asked = request.headers.host ?? ''
  const host = given?.host ?? (/^[\w.:[\]-]+$/.test(asked) ? asked : new URL(settings.baseUrl).host)
  request.headers[schemeHeader] = given ? given.protocol.slice(0, -1) : 'http'
  request.headers[hostHeader] = host
}

/** Bounds on what a slow or hostile peer can hold. */
function limit(server: Server): void {
  server.headersTimeout = 15_000
  // A large file over a slow line takes its time.
  server.requestTimeout = 600_000
  server.keepAliveTimeout = 20_000
  server.maxRequestsPerSocket = 1_000
  server.maxConnections = 2_000
}

function logWhenDone(request: IncomingMessage, response: ServerResponse): void {
  const startedAt = performance.now()
  response.once('close', () => {
    const status = response.statusCode
    const requestId = response.getHeader('x-request-id')
    // Files of the build and `/health` carry no id; they say nothing worth a line.
    if (requestId === undefined && status < 500) return
    const milliseconds = Math.round(performance.now() - startedAt)
    const fields = {
      ...(requestId === undefined ? {} : { requestId: String(requestId) }),
      method: request.method ?? '',
      status,
      milliseconds,
    }
    if (status >= 500) log.error(fields, 'request')
    // A terminal is for people: there only what went wrong is shown.
    else if (process.stderr.isTTY && status < 400) log.debug(fields, 'request')
    else log.info(fields, 'request')
  })
}

/** Answers `/health` from the database's last word, asked at most once a second. */
function watchHealth(state: WebState): (response: ServerResponse) => Promise<void> {
  let askedAt = Number.NEGATIVE_INFINITY
  let answer: Promise<boolean> = Promise.resolve(false)
  return async (response) => {
    if (performance.now() - askedAt > 1_000) {
      askedAt = performance.now()
      answer = answers(state.database)
    }
    const database = await answer
    const jobs = await state.isWorking()
    response.statusCode = database && jobs ? 200 : 503
    response.setHeader('content-type', 'application/json')
    response.setHeader('cache-control', 'no-store')
    const sayOf = (good: boolean): string => (good ? 'ok' : 'down')
    response.end(
      JSON.stringify({ status: sayOf(database && jobs), database: sayOf(database), jobs: sayOf(jobs) }),
    )
  }
}

async function answers(database: Database): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const tooLong = new Promise<boolean>((done) => {
    timer = setTimeout(() => done(false), 2_000)
  })
  const asked = sql`select 1`.execute(database.reader).then(
    () => true,
    () => false,
  )
  const good = await Promise.race([asked, tooLong])
  clearTimeout(timer)
  return good
}

async function stopServer(server: Server): Promise<void> {
  const closed = new Promise<void>((done) => server.close(() => done()))
  server.closeIdleConnections()
  const lastResort = setTimeout(() => server.closeAllConnections(), longestGoodbyeMilliseconds)
  await closed
  clearTimeout(lastResort)
}
