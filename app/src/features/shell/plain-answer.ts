import type { Language } from '@trienkhai/vietnamese/language.ts'
import { drawPlainPage, type PlainWords } from './plain-page.ts'

/** A refusal in the form in which it was asked: a page for people, JSON for the page's own script. */
export function answerPlainly(
  request: Request,
  { isDataRequest, status, language }: { isDataRequest: boolean; status: number; language: Language },
  words: PlainWords,
): Response {
  const accepts = request.headers.get('accept') ?? ''
  const isAction = request.headers.has('x-sveltekit-action')
  const headers = { 'cache-control': 'private, no-store' }
  if (isAction || isDataRequest) {
    const error = { message: words.title }
    return Response.json({ type: 'error', status, error }, { status: isAction ? 200 : status, headers })
  }
  if (accepts.includes('application/json') && !accepts.includes('text/html'))
    return Response.json({ message: words.title }, { status, headers })
  return new Response(drawPlainPage(words, language), {
    status,
    headers: { ...headers, 'content-type': 'text/html; charset=utf-8' },
  })
}
