import { spawn } from 'node:child_process'
import { delimiter, join, resolve } from 'node:path'

export const projectFolder = resolve(import.meta.dirname, '..')

export interface StepOptions {
  /** Under the project; the project itself unless given. */
  folder?: string
  env?: Record<string, string>
}

/** Runs a program of the project's own packages (or `node`) and answers its exit code and all it printed. */
export function runStep(
  [program = '', ...args]: readonly string[],
  options: StepOptions = {},
): Promise<{ code: number; output: string }> {
  const programs = join(projectFolder, 'node_modules', '.bin')
  return new Promise((done, fail) => {
    const child = spawn(program === 'node' ? process.execPath : join(programs, program), args, {
      cwd: join(projectFolder, options.folder ?? '.'),
      env: { ...process.env, PATH: `${programs}${delimiter}${process.env['PATH'] ?? ''}`, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    const add = (bytes: Buffer): void => {
      output += bytes.toString()
    }
    child.stdout.on('data', add)
    child.stderr.on('data', add)
    child.once('error', fail)
    child.once('close', (code) => done({ code: code ?? 1, output }))
  })
}
