import { chmodSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * A new folder for temporary files that other accounts may walk into: as root, PostgreSQL runs as another, and would
 * otherwise keep its data elsewhere.
 */
export function makeOpenFolder(purpose: string): string {
  const folder = mkdtempSync(join(tmpdir(), `trienkhai-${purpose}-`))
  chmodSync(folder, 0o755)
  return folder
}
