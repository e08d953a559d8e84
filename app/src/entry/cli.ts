#!/usr/bin/env node
import { enableCompileCache } from 'node:module'

// Only what `--help` needs is imported here; each command brings its own. Compiled code is kept between runs.
enableCompileCache?.()

// `trienkhai read … | head` closes our output early: that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

const { runCommandLine } = await import('./cli/command-line.ts')
process.exitCode = await runCommandLine(process.argv.slice(2))
