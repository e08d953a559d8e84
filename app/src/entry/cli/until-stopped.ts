import { constants } from 'node:os'

type Closer = () => Promise<void>

/** What a long-running command has opened, in order. */
export interface Running {
  /** Remembers how to close what was just opened. */
  onStop: (close: Closer) => void
  /** Stops as if told to by a signal; the process ends with this code. */
  stop: (exitCode: number) => Promise<never>
  /** Whether things are being closed already. */
  isStopping: () => boolean
  /** Never resolves: the process ends by a signal or by `stop`. */
  forever: () => Promise<never>
}

const parent = process.ppid

/**
 * Whether we were started by npm and it has been killed: to who did that, npm was the program, and a product that
 * went on unseen would hold the port and the data.
 */
function hasLostNpm(): boolean {
  return process.env['npm_lifecycle_event'] !== undefined && process.ppid !== parent
}

/**
 * Does `work`, which opens things and then runs on. SIGINT, SIGTERM or SIGHUP, at any moment, closes them from the
 * last to the first and ends the process; a second signal ends it at once (the database's watchdog then stops the
 * database). Where the work ends by itself or throws, they are closed too.
 */
export async function runUntilStopped(
  told: { stopping: () => void; stopped: () => void },
  work: (running: Running) => Promise<number>,
): Promise<number> {
  const closers: Closer[] = []
  let isStopping = false
  const forever = (): Promise<never> => new Promise<never>(() => {})
  const closeAll = async (): Promise<void> => {
    for (const close of closers.reverse()) {
      // One part that can't be closed must not keep the others open, the database least of all.
      await close().catch((error: unknown) => process.stderr.write(`${String(error)}\n`))
    }
  }
  const stop = async (exitCode: number): Promise<never> => {
    if (isStopping) return await forever()
    isStopping = true
    told.stopping()
    await closeAll()
    told.stopped()
    process.exit(exitCode)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (isStopping) process.exit(128 + constants.signals[signal])
      void stop(0)
    })
  }
  // Also keeps the process alive while nothing else does, as between two steps of starting.
  const heartbeat = setInterval(() => {
    if (hasLostNpm() && !isStopping) void stop(0)
  }, 500)
  try {
    return await work({
      onStop: (close) => void closers.push(close),
      stop,
      isStopping: () => isStopping,
      forever,
    })
  } finally {
    // What was being done when the signal came fails as things are closed under it: that is no news.
    if (isStopping) await forever()
    isStopping = true
    await closeAll()
    clearInterval(heartbeat)
  }
}
