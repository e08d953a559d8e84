#!/usr/bin/env node
import { enableCompileCache } from 'node:module'

// Only what `--help` needs is imported here; each command brings its own. Compiled code is kept between runs.
enableCompileCache?.()

const { runCommandLine } = await import('./cli/command-line.ts')
process.exitCode = await runCommandLine(process.argv.slice(2))
