import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

export interface LetterReceived {
  to: string[]
  messageId: string
  /** The plain text, decoded. */
  text: string
  raw: string
}

/** A real mail server on this machine, that keeps what it is sent; `refuse` makes it say no for a while. */
export interface MailServer {
  url: string
  letters: LetterReceived[]
  refuse: (status: number | undefined) => void
  /** How often it has said no. */
  refused: () => number
  stop: () => Promise<void>
}

export async function startMailServer(): Promise<MailServer> {
  const letters: LetterReceived[] = []
  let saysNo: number | undefined
  let refused = 0
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onAuth: ({ username, password }, _, done) => {
      if (username === 'vanphong' && password === 'thư mật') done(null, { user: username })
      else done(new Error('wrong'))
    },
    onRcptTo: (_, __, done) => {
      if (saysNo === undefined) return done()
      refused += 1
      done(Object.assign(new Error('not now'), { responseCode: saysNo }))
    },
    onData: (stream, session, done) => {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        const raw = Buffer.concat(parts).toString('utf8')
        const to = session.envelope.rcptTo.map(({ address }) => address)
        letters.push({
          to,
          raw,
          text: plainText(raw),
          messageId: /^Message-ID: (.*)$/im.exec(raw)?.[1] ?? '',
        })
        done()
      })
    },
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.server.address() as AddressInfo
  return {
    url: `smtp://vanphong:${encodeURIComponent('thư mật')}@127.0.0.1:${port}`,
    letters,
    refuse: (status) => {
      saysNo = status
    },
    refused: () => refused,
    stop: () => new Promise((done) => server.close(() => done())),
  }
}

/** The text part of a letter, whichever of the two encodings it was sent in. */
function plainText(raw: string): string {
  const [, head = '', body = ''] =
    /(Content-Type: text\/plain[\s\S]*?)\r\n\r\n([\s\S]*?)\r\n--/i.exec(raw) ?? []
  if (/base64/i.test(head)) return Buffer.from(body, 'base64').toString('utf8')
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return /quoted-printable/i.test(head) ? Buffer.from(bytes, 'latin1').toString('utf8') : body
}
