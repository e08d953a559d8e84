import { samplePassword } from './visit.ts'

/** What a form carries: texts, and files as the browser sends them. */
export type FormFields = Readonly<Record<string, string | File | readonly string[]>>

/** A person with cookies and no browser: requests as plain as they come, redirects not followed. */
export interface Session {
  get: (path: string, headers?: Record<string, string>) => Promise<Response>
  /** Sends a form from a page of the product, unless the headers say otherwise. */
  post: (path: string, fields: FormFields, headers?: Record<string, string>) => Promise<Response>
  cookie: string
}

/** Somebody who has not signed in. */
export function visitor(url: string, cookie = ''): Session {
  const send = (path: string, init: RequestInit): Promise<Response> =>
    fetch(url + path, {
      redirect: 'manual',
      ...init,
      headers: { accept: 'text/html', ...(cookie ? { cookie } : {}), ...init.headers },
    })
  return {
    cookie,
    get: (path, headers = {}) => send(path, { headers }),
    post: (path, fields, headers = {}) =>
      send(path, { method: 'POST', body: formOf(fields), headers: { origin: url, ...headers } }),
  }
}

/** Signs in with a sample account. */
export async function signInAs(url: string, username: string): Promise<Session> {
  const answer = await visitor(url).post('/sign-in', { username, password: samplePassword })
  const cookies = answer.headers.getSetCookie().map((line) => line.split(';')[0] ?? '')
  if (answer.status !== 303 || cookies.length === 0)
    throw new Error(`${username} could not sign in: ${answer.status}`)
  return visitor(url, cookies.join('; '))
}

function formOf(fields: FormFields): FormData | URLSearchParams {
  const pairs = Object.entries(fields).flatMap(([name, given]) =>
    (typeof given === 'string' || given instanceof File ? [given] : given).map((one) => [name, one] as const),
  )
  if (!pairs.some(([, one]) => one instanceof File))
    return new URLSearchParams(pairs.map(([name, one]): [string, string] => [name, String(one)]))
  const form = new FormData()
  for (const [name, one] of pairs) form.append(name, one)
  return form
}
