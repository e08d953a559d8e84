import { randomUUID } from 'node:crypto'
import { type RequestEvent, redirect } from '@sveltejs/kit'
import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit/hooks'
import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import type { Language } from '@trienkhai/vietnamese/language.ts'
import { settingsFromEnvironment } from '#env.ts'
import { findFeedReader } from '#features/accounts/server/app-passwords.ts'
import { findActor, findSignedIn } from '#features/accounts/server/reads.ts'
import { renewSession } from '#features/accounts/server/sessions.ts'
import { openSignIn, type SignIn } from '#features/accounts/server/sign-in.ts'
import { dayOf, keepDay } from '#features/shell/keep-day.ts'
import { limitedKindOf } from '#features/shell/limited-kind.ts'
import { answerPlainly } from '#features/shell/plain-answer.ts'
import { shellWords } from '#features/shell/words.ts'
import { scopeOf } from '#server/access/scope.ts'
import type { Context } from '#server/context.ts'
import { type ActingDatabase, actOn, openReading, pastStatement } from '#server/database/acting.ts'
import { databaseFromEnvironment } from '#server/database/connect.ts'
import type { Database } from '#server/database/handles.ts'
import { type LookBook, openLookBook } from '#server/look-book.ts'
import { now, today } from '#server/platform/clock.ts'
import { isDiskFull, toldAs } from '#server/platform/errors.ts'
import { type FileStore, openFileStore } from '#server/platform/files.ts'
import { type Log, openLog } from '#server/platform/log.ts'
import { openRateLimits, type RateLimits, type Turn } from '#server/platform/rate-limit.ts'
import { untilSent } from '#server/platform/until-sent.ts'

interface Ground {
  database: Database
  files: FileStore
  signIn: SignIn
  log: Log
  mostUploadBytes: number
  limits: RateLimits
  lookBook: LookBook
}
let ground: Ground | undefined

export const init: ServerInit = async () => {
  const settings = settingsFromEnvironment()
  const database = databaseFromEnvironment()
  ground = {
    database,
    files: openFileStore(settings.dataDir),
    signIn: openSignIn({
      databaseUrl: settings.databaseSignInUrl ?? database.url,
      secret: settings.authSecret,
      baseUrl: settings.baseUrl,
      singleSignOn: settings.singleSignOn,
    }),
    log: openLog(settings.logLevel),
    mostUploadBytes: settings.mostUploadBytes,
    limits: openRateLimits(database, {
      secret: settings.authSecret,
      mostPerMinute: settings.mostPerMinute,
    }),
    lookBook: openLookBook(database),
  }
}

/**
 * Pages that are open to who is not signed in: where one signs in, with an invitation too; feeds, which ask for an app
 * password themselves.
 */
const openPages = /^\/(sign-in|invitations|feeds)(\/|$)|^\/preferences$/

/** Where somebody can go who has yet to set up the second step that the office asks for. */
const beforeTwoStep = /^\/(account\/(two-step|passkeys)(\/|$)|sign-out$|preferences$)/

/** Forms that concern no day. */
const formsOfAnyDay = ['/sign-in', '/sign-out', '/preferences']

/** Who asks, and what has to be done before they are answered. */
interface Found {
  context: Context
  acting: ActingDatabase
  /** Looks that are being put on record while the page is drawn. */
  looks: Promise<void>[]
}

async function contextOf(
  { request, cookies, url, locals }: RequestEvent,
  requestId: string,
  language: Language,
): Promise<Found | undefined> {
  if (!ground) throw new Error('the server was asked before it was ready')
  const { database, files, signIn } = ground
  const token = await signIn.findToken(request.headers)
  if (token === undefined) return undefined
  const moment = { now: now(), today: today() }
  const session = openReading(database)
  const found = await findSignedIn(session, token, moment.today)
  if (!found) {
    await session.end()
    return undefined
  }
  const { accountId } = found.actor
  const on = dayOf(url, moment.today)
  const past = on < moment.today ? on : undefined
  const acting = actOn(database, { accountId, today: moment.today, on: past }, session)
  if (past) await session.query(pastStatement(past), [])
  await renewSession(signIn, cookies, found.session, moment.now)
  locals.session = { id: found.session.sessionId, isShared: found.session.isShared }
  locals.owesTwoStep = found.owesTwoStep
  const looks: Promise<void>[] = []
  const context = {
    actor: found.actor,
    scope: scopeOf(found.actor),
    reader: acting.reader,
    inTransaction: acting.inTransaction,
    putLook: putMeanwhile(looks),
    files,
    ...moment,
    on,
    requestId,
    language,
  }
  return { context, acting, looks }
}

/** Begins to put a look on record; the answer waits for it, the page does not. */
function putMeanwhile(looks: Promise<void>[]): Context['putLook'] {
  return async (look) => {
    if (!ground) throw new Error('the server was asked before it was ready')
    const put = ground.lookBook.put(look)
    // What went wrong is told where it is waited for.
    put.catch(() => {})
    looks.push(put)
  }
}

/**
 * The context of a feed: by its app password alone, which opens nothing else. A session's cookie is not taken here, so
 * that no page of another site reads a feed by it.
 */
async function feedContextOf(
  { request, url, getClientAddress }: RequestEvent,
  requestId: string,
  language: Language,
): Promise<Found | { seconds: number }> {
  if (!ground) throw new Error('the server was asked before it was ready')
  const { database, files, signIn } = ground
  const { headers } = request
  const found = await findFeedReader(signIn, { headers, address: getClientAddress() })
  if (!found.ok) return { seconds: found.seconds }
  const moment = { now: now(), today: today() }
  const acting = actOn(database, { accountId: found.accountId, today: moment.today })
  const actor = await findActor(acting.reader, found.accountId, moment.today)
  if (!actor) return { seconds: 0 }
  const looks: Promise<void>[] = []
  const context = {
    actor,
    scope: scopeOf(actor),
    reader: acting.reader,
    inTransaction: acting.inTransaction,
    putLook: putMeanwhile(looks),
    files,
    ...moment,
    on: dayOf(url, moment.today),
    requestId,
    language,
  }
  return { context, acting, looks }
}

/** What a program that reads feeds is told where it may not: to ask for the app password, or to wait. */
function refuseFeed(seconds: number): Response {
  const headers = { 'cache-control': 'no-store', 'content-type': 'text/plain; charset=utf-8' }
  return seconds > 0
    ? new Response('too many tries', { status: 429, headers: { ...headers, 'retry-after': String(seconds) } })
    : new Response('an app password is needed', {
        status: 401,
        headers: { ...headers, 'www-authenticate': 'Basic realm="Trien khai", charset="UTF-8"' },
      })
}

const changesNothing = ({ method }: Request): boolean => method === 'GET' || method === 'HEAD'

export const handle: Handle = async ({ event, resolve }) => {
  const { locals, cookies } = event
  if (!ground) throw new Error('the server was asked before it was ready')
  locals.requestId = randomUUID()
  locals.signIn = ground.signIn
  locals.mostUploadBytes = ground.mostUploadBytes
  locals.language = cookies.get('language') === 'en' ? 'en' : 'vi'
  const theme = cookies.get('theme')
  locals.theme = theme === 'light' || theme === 'dark' ? theme : 'auto'
  locals.type = cookies.get('type') === 'large' ? 'large' : 'normal'
  locals.session = undefined
  locals.owesTwoStep = false
  const isFeed = event.url.pathname.startsWith('/feeds/')
  const found = isFeed
    ? await feedContextOf(event, locals.requestId, locals.language)
    : await contextOf(event, locals.requestId, locals.language)
  if (found && 'seconds' in found) return refuseFeed(found.seconds)
  locals.context = found?.context
  // What a form brings may be long in coming: no session of the database waits for it.
  if (!changesNothing(event.request)) await found?.acting.end()
  try {
    const response = await answer(event, resolve)
    // Nobody is shown what it is not on record that they saw.
    if (found) await Promise.all(found.looks)
    return response
  } finally {
    await found?.acting.end()
  }
}

async function answer(event: RequestEvent, resolve: Parameters<Handle>[0]['resolve']): Promise<Response> {
  const { locals, url } = event
  const words = shellWords[locals.language].error
  if (!locals.context && !openPages.test(url.pathname)) {
    const wanted = event.request.method === 'GET' ? `${url.pathname}${url.search}` : '/'
    redirect(303, wanted === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(wanted)}`)
  }
  if (locals.context && locals.owesTwoStep && !beforeTwoStep.test(url.pathname))
    redirect(303, '/account/two-step')
  const on = locals.context && locals.context.on < locals.context.today ? locals.context.on : undefined
  if (on && !changesNothing(event.request) && !formsOfAnyDay.includes(url.pathname))
    return refusePlainly(event, 405, { title: words.past, mend: words.pastMend })
  const turn = await askForTurn(event)
  if (turn && !turn.ok)
    return refusePlainly(
      event,
      429,
      { title: words.tooMany, mend: words.tooManyMend(String(turn.seconds)) },
      { 'retry-after': String(turn.seconds) },
    )
  try {
    const response = await draw(event, resolve, on)
    return turn ? untilSent(response, turn.end) : response
  } catch (error) {
    await turn?.end()
    throw error
  }
}

async function draw(
  event: RequestEvent,
  resolve: Parameters<Handle>[0]['resolve'],
  on: CivilDate | undefined,
): Promise<Response> {
  const { locals } = event
  const response = await resolve(event, {
    transformPageChunk: ({ html }) => {
      const shown = html.replace(
        '<html lang="vi" data-theme="auto" data-type="normal">',
        `<html lang="${locals.language}" data-theme="${locals.theme}" data-type="${locals.type}">`,
      )
      return on ? keepDay(shown, on) : shown
    },
  })
  response.headers.set('x-request-id', locals.requestId)
  response.headers.set('x-content-type-options', 'nosniff')
  response.headers.set('referrer-policy', 'same-origin')
  if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'private, no-store')
  return response
}

/**
 * Whether this request may go on, or how long it has to wait, where it is of a kind that is limited; ordinary pages are
 * not even counted. Of files that are made an account has a few turns at once, each until its file has gone out.
 */
async function askForTurn({
  request,
  url,
  route,
  locals,
  getClientAddress,
}: RequestEvent): Promise<Turn | undefined> {
  const kind = limitedKindOf({
    method: request.method,
    routeId: route.id,
    search: url.searchParams.get('q'),
    contentType: request.headers.get('content-type'),
  })
  if (!kind || !ground) return undefined
  let address: string | undefined
  try {
    address = getClientAddress()
  } catch {
    // A connection that has just been closed has none.
  }
  const accountId = locals.context?.actor.accountId
  const seconds = await ground.limits.take(kind, { accountId, address })
  if (seconds > 0) return { ok: false, seconds }
  return kind === 'export' && accountId !== undefined ? await ground.limits.begin(accountId) : undefined
}

function refusePlainly(
  { request, isDataRequest, locals }: RequestEvent,
  status: number,
  said: { title: string; mend: string },
  headers: Record<string, string> = {},
): Response {
  const { language, requestId } = locals
  const { product, error } = shellWords[language]
  const answer = answerPlainly(
    request,
    { isDataRequest, status, language },
    { ...said, product, home: error.home },
  )
  for (const [name, value] of Object.entries(headers)) answer.headers.set(name, value)
  answer.headers.set('x-request-id', requestId)
  return answer
}

export const handleError: HandleServerError = ({ error, event, kind }) => {
  if (kind === 'unknown') {
    const { status } = toldAs(error)
    if (status < 500) return { status, message: String(status) }
  }
  if (kind !== 'unknown') return
  ground?.log.error(
    { requestId: event.locals.requestId, ...(event.route.id ? { route: event.route.id } : {}), err: error },
    'a request failed unexpectedly',
  )
  const reference = event.locals.requestId
  return isDiskFull(error) ? { status: toldAs(error).status, message: 'disk full', reference } : { reference }
}
