import { createHash } from 'node:crypto'

/** The same server's address with another database's name. */
export function withDatabase(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.href
}

/** The database on the server of TEST_DATABASE_URL for a product's data folder; undefined: the product brings its own. */
export function databaseBeside(dataDir: string): { adminUrl: string; name: string; url: string } | undefined {
  const adminUrl = process.env['TEST_DATABASE_URL']
  if (!adminUrl) return undefined
  const name = `product_${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}`
  return { adminUrl, name, url: withDatabase(adminUrl, name) }
}
