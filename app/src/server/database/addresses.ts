/** How the database is reached, each by a role of its own: what one may not do, none of its mistakes does. */
export interface DatabaseAddresses {
  /** Owns the tables; only migrations use it. */
  owner: string
  /** Draws pages and does jobs. Owns nothing: row-level security holds for it. */
  program: string
  /** Keeps passwords and sessions, and sees nothing else. */
  signIn: string
}

export const programRole = 'trienkhai_program'
export const signInRole = 'trienkhai_sign_in'

/** The parameter of an address that says which role a session steps down to: `sessionConfig` reads it. */
const roleParameter = 'trienkhai_role'

/** The same address, whose sessions step down to another role. */
export function asRole(url: string, role: string): string {
  const changed = new URL(url)
  changed.searchParams.set(roleParameter, role)
  return changed.href
}

/** The address as PostgreSQL's protocol knows it, and the role that its sessions step down to. */
export function takeRole(url: string): { url: string; role: string | undefined } {
  if (!url.includes(roleParameter)) return { url, role: undefined }
  const changed = new URL(url)
  const role = changed.searchParams.get(roleParameter) ?? undefined
  changed.searchParams.delete(roleParameter)
  if (role !== undefined && !/^[a-z_]+$/.test(role)) throw new Error('an address names a role that is none')
  return { url: changed.href, role }
}

/**
 * The addresses of a server elsewhere. Where only DATABASE_URL is given, it is the owner's, and the program steps down
 * to its own role in each session: that holds against a query that forgets its scope, not against somebody who runs
 * SQL of their own in the program. With DATABASE_OWNER_URL, DATABASE_URL logs in as a member of trienkhai_program that
 * can become no owner.
 */
export function addressesOf(given: {
  databaseUrl: string
  databaseOwnerUrl: string | undefined
  databaseSignInUrl: string | undefined
}): DatabaseAddresses {
  const { databaseUrl, databaseOwnerUrl, databaseSignInUrl } = given
  return {
    owner: databaseOwnerUrl ?? databaseUrl,
    program: databaseOwnerUrl === undefined ? asRole(databaseUrl, programRole) : databaseUrl,
    signIn: databaseSignInUrl ?? asRole(databaseUrl, signInRole),
  }
}
