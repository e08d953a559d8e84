import { constants } from 'node:os'

type Closer = () => Promise<void>

/**
 * What a long-running command has opened, in order. SIGINT or SIGTERM, at any moment, closes it from the last to the
 * first and ends the process; a second signal ends it at once (the database's watchdog then stops the database).
 */
export interface Running {
  /** Remembers how to close what was just opened. */
  onStop: (close: Closer) => void
  /** Stops as if told to; the process ends with this code. */
  stop: (exitCode: number) => Promise<never>
  /** Never resolves: the process ends by a signal or by `stop`. */
  forever: () => Promise<never>
}

export function untilStopped(told: { stopping: () => void; stopped: () => void }): Running {
  const closers: Closer[] = []
  let isStopping = false

  const stop = async (exitCode: number): Promise<never> => {
    if (isStopping) return await new Promise<never>(() => {})
    isStopping = true
    told.stopping()
    for (const close of closers.reverse()) {
      // One part that can't be closed must not keep the others open, the database least of all.
      await close().catch((error: unknown) => process.stderr.write(`${String(error)}\n`))
    }
    told.stopped()
    process.exit(exitCode)
  }

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (isStopping) process.exit(128 + constants.signals[signal])
      void stop(0)
    })
  }
  // Keeps the process alive while nothing else does, as between two steps of starting.
  const heartbeat = setInterval(() => {}, 60_000)
  closers.push(async () => clearInterval(heartbeat))

  return {
    onStop: (close) => void closers.push(close),
    stop,
    forever: () => new Promise<never>(() => {}),
  }
}
