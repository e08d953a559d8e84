import { InvalidInput } from '#server/platform/errors.ts'
import { isId } from '#server/platform/ids.ts'

/** The command's id that a form carries: the same form sent twice names the same command. */
export function commandOf(form: FormData): string {
  const id = textOf(form, 'command')
  if (!isId(id)) throw new InvalidInput(['command'])
  return id
}

/** A field of a form as text; empty where it is not there, or is a file. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}
