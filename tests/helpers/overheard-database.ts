import { connect as connectTo, createServer, type Socket } from 'node:net'

/** A statement that somebody asked of the database, and how many rows came back. */
export interface Overheard {
  statement: string
  rows: number
}

/** A way to a database that writes down what goes over it. */
export interface OverheardDatabase {
  /** The address to connect by: the same role, password and database. */
  addressOf: (address: string) => string
  /** What was asked on sessions of pages and of signing in while this was done; of jobs nothing. */
  during: <Result>(work: () => Promise<Result>) => Promise<{ result: Result; asked: Overheard[] }>
  close: () => Promise<void>
}

/**
 * Listens between a program and its database, by PostgreSQL's own protocol: so nothing in the program has to tell of its
 * queries, and none can be left out.
 */
export async function overhear(addresses: readonly string[]): Promise<OverheardDatabase> {
  const [first = ''] = addresses
  const target = new URL(first)
  const socketFolder = target.searchParams.get('host')
  const targetPort = Number(target.port || 5432)
  let heard: Overheard[] | undefined
  const open = new Set<Socket>()
  const server = createServer((client) => {
    const database = socketFolder
      ? connectTo(`${socketFolder}/.s.PGSQL.${targetPort}`)
      : connectTo(targetPort, target.hostname)
    const session = new OverheardSession((one) => heard?.push(one))
    for (const [from, to, hear] of [
      [client, database, session.hearClient],
      [database, client, session.hearDatabase],
    ] as const) {
      open.add(from)
      from.on('data', (bytes: Buffer) => {
        hear(bytes)
        to.write(bytes)
      })
      from.on('end', () => to.end())
      from.on('error', () => to.destroy())
      from.on('close', () => open.delete(from))
    }
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const place = server.address()
  const port = typeof place === 'object' && place ? place.port : 0
  return {
    addressOf: (address) => {
      const changed = new URL(address)
      changed.searchParams.delete('host')
      changed.hostname = '127.0.0.1'
      changed.port = String(port)
      return changed.href
    },
    during: async (work) => {
      const mine: Overheard[] = []
      heard = mine
      try {
        return { result: await work(), asked: mine }
      } finally {
        heard = undefined
      }
    },
    close: async () => {
      for (const socket of open) socket.destroy()
      await new Promise((done) => server.close(done))
    },
  }
}

/** What one session says: messages of one letter and a length, after a first one without a letter. */
class OverheardSession {
  readonly #tell: (heard: Overheard) => void
  readonly #prepared = new Map<string, string>()
  readonly #waiting: string[] = []
  #isStarted = false
  #isOfJobs = false
  #rows = 0
  #clientRest: Buffer<ArrayBufferLike> = Buffer.alloc(0)
  #databaseRest: Buffer<ArrayBufferLike> = Buffer.alloc(0)

  constructor(tell: (heard: Overheard) => void) {
    this.#tell = tell
  }

  readonly hearClient = (bytes: Buffer): void => {
    this.#clientRest = Buffer.concat([this.#clientRest, bytes])
    if (!this.#isStarted) {
      if (this.#clientRest.length < 4 || this.#clientRest.length < this.#clientRest.readInt32BE(0)) return
      const length = this.#clientRest.readInt32BE(0)
      this.#isOfJobs = this.#clientRest.toString('utf8', 8, length).includes('trienkhai.account=program')
      this.#clientRest = this.#clientRest.subarray(length)
      this.#isStarted = true
    }
    this.#clientRest = eachMessage(this.#clientRest, (type, body) => {
      if (type === 'Q') this.#waiting.push(textAt(body, 0).text)
      if (type === 'P') {
        const name = textAt(body, 0)
        this.#prepared.set(name.text, textAt(body, name.end).text)
      }
      if (type === 'B') this.#waiting.push(this.#prepared.get(textAt(body, textAt(body, 0).end).text) ?? '')
    })
  }

  readonly hearDatabase = (bytes: Buffer): void => {
    this.#databaseRest = eachMessage(Buffer.concat([this.#databaseRest, bytes]), (type) => {
      if (type === 'D') this.#rows += 1
      if (type !== 'Z') return
      const statement = this.#waiting.shift()
      const rows = this.#rows
      this.#rows = 0
      if (statement === undefined || this.#isOfJobs || /graphile|^listen/i.test(statement)) return
      this.#tell({ statement, rows })
    })
  }
}

/** Goes over whole messages and answers what is left. */
function eachMessage(
  bytes: Buffer<ArrayBufferLike>,
  hear: (type: string, body: Buffer) => void,
): Buffer<ArrayBufferLike> {
  let at = 0
  while (bytes.length >= at + 5) {
    const end = at + 1 + bytes.readInt32BE(at + 1)
    if (bytes.length < end) break
    hear(String.fromCharCode(bytes[at] ?? 0), bytes.subarray(at + 5, end))
    at = end
  }
  return bytes.subarray(at)
}

function textAt(body: Buffer, from: number): { text: string; end: number } {
  const end = body.indexOf(0, from)
  return { text: body.toString('utf8', from, end), end: end + 1 }
}
