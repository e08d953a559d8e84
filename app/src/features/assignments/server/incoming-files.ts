import type { Context } from '#server/context.ts'
import type { Tx } from '#server/database/handles.ts'
import { registerFile, releaseFile } from '#server/kept-files.ts'
import type { KeptFile } from '#server/platform/files.ts'
import { bytesToTell, tellMediaType } from '../media-types.ts'

/** A file as a form sends it. */
export interface IncomingFile {
  name: string
  size: number
  content: Blob
}

export interface KeptIncoming extends KeptFile {
  title: string
  mediaType: string
}

export type KeepFilesOutcome =
  | { ok: true; files: KeptIncoming[] }
  | { ok: false; reason: 'file-too-large' | 'file-empty' | 'file-unknown'; fileName: string }

/** The files of a form's field; a field left empty sends one without name and content. */
export function filesOf(form: FormData, name: string): IncomingFile[] {
  return form
    .getAll(name)
    .filter((entry) => entry instanceof File)
    .filter((file) => file.size > 0 || file.name !== '')
    .map((file) => ({ name: file.name, size: file.size, content: file }))
}

/**
 * Keeps files on disk before anything is said of them, all or none. What they are is told by their first bytes.
 * The names that rows give them are registered afterwards, in the transaction of those rows.
 */
export async function keepIncoming(
  context: Context,
  incoming: readonly IncomingFile[],
  limits: { mostBytes: number },
): Promise<KeepFilesOutcome> {
  const told: { file: IncomingFile; mediaType: string }[] = []
  for (const file of incoming) {
    const fileName = tidyName(file.name)
    if (file.size === 0) return { ok: false, reason: 'file-empty', fileName }
    if (file.size > limits.mostBytes) return { ok: false, reason: 'file-too-large', fileName }
    const start = new Uint8Array(await file.content.slice(0, bytesToTell).arrayBuffer())
    const type = tellMediaType(start, file.name)
    if (!type) return { ok: false, reason: 'file-unknown', fileName }
    told.push({ file, mediaType: type.mediaType })
  }
  const files: KeptIncoming[] = []
  for (const { file, mediaType } of told) {
    const kept = await context.files.keepFile(file.content.stream(), limits)
    if (!kept.ok) return { ok: false, reason: 'file-too-large', fileName: tidyName(file.name) }
    files.push({ hash: kept.hash, size: kept.size, mediaType, title: tidyName(file.name) })
  }
  return { ok: true, files }
}

/** Notes in the transaction that rows name these files from now on. */
export async function registerFiles(tx: Tx, context: Context, files: readonly KeptIncoming[]): Promise<void> {
  // In the order of their hashes: two forms with the same files wait for each other and never crosswise.
  for (const file of [...files].sort((one, other) => (one.hash < other.hash ? -1 : 1)))
    await registerFile(tx, context.files, file)
}

/** After a refusal: what was kept and nobody names goes again. */
export async function letGo(context: Context, files: readonly KeptIncoming[]): Promise<void> {
  if (files.length === 0) return
  await context.inTransaction(async (tx) => {
    for (const { hash } of files) await releaseFile(tx, hash)
  })
}

const longestName = 180

/** The last part of a path, without control characters; a long name loses its middle, never its ending. */
function tidyName(name: string): string {
  const last =
    (name.split(/[\\/]/u).pop() ?? '')
      .replace(/\p{Cc}/gu, '')
      .normalize('NFC')
      .trim() || 'tep'
  return last.length <= longestName ? last : `${last.slice(0, longestName - 20)}…${last.slice(-19)}`
}
