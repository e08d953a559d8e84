import { createTransport } from 'nodemailer'

/** A letter as it goes out. */
export interface OutgoingLetter {
  /** Named in its message id: a server that gets it twice knows it for the same. */
  id: string
  to: string
  subject: string
  text: string
  html: string
}

/** `later`: nobody answered or the server is busy; `refused`: it will never be taken. The code says more, no words. */
export type Sending = { ok: true } | { ok: false; reason: 'later' | 'refused'; code: string }

/** Longer than this a letter is not waited for: the transaction that holds it must not stand idle for a minute. */
const longestMilliseconds = 40_000

/**
 * Hands one letter to the mail server of `SMTP_URL`. A connection with a password goes by TLS, but on this machine.
 * What the server says is not passed on: it may quote addresses.
 */
export async function sendMail(smtpUrl: string, from: string, letter: OutgoingLetter): Promise<Sending> {
  const url = new URL(smtpUrl)
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  const transport = createTransport({
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || (url.protocol === 'smtps:' ? 465 : 587)),
    secure: url.protocol === 'smtps:',
    requireTLS: url.username !== '' && !isHere && url.protocol === 'smtp:',
    ...(url.username === ''
      ? {}
      : { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }),
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  let timer: NodeJS.Timeout | undefined
  const tooLong = new Promise<never>((_, fail) => {
    timer = setTimeout(
      () => fail(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })),
      longestMilliseconds,
    )
  })
  try {
    const { id, to, subject, text, html } = letter
    const messageId = `<${id}@${domainOf(from)}>`
    const sending = transport.sendMail({ from, to, subject, text, html, messageId })
    await Promise.race([sending, tooLong])
    return { ok: true }
  } catch (error) {
    return outcomeOf(error)
  } finally {
    clearTimeout(timer)
    transport.close()
  }
}

const domainOf = (from: string): string => /@([^@<>\s]+?)>?$/.exec(from)?.[1] ?? 'localhost'

/** Of the server's answers those from 500 on are for good, but for those about the sender's own sign-in. */
function outcomeOf(error: unknown): Sending {
  const status = error instanceof Error && 'responseCode' in error ? Number(error.responseCode) : 0
  const named = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  const isAddress = named === 'EENVELOPE' || named === 'EMESSAGE'
  return status >= 500 && isAddress
    ? { ok: false, reason: 'refused', code: `${status}` }
    : { ok: false, reason: 'later', code: status > 0 ? `${status}` : named }
}
