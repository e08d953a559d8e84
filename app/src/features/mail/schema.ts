export const letterKinds = [
  'invitation',
  'reset',
  'password-changed',
  'passkey-added',
  'app-password-made',
] as const
export type LetterKind = (typeof letterKinds)[number]

/** What a letter says beside its kind; a link or code is sealed apart. */
export interface LetterDetails {
  /** Whom it greets. */
  name: string
  username?: string
  organisation?: string
  /** The last moment at which its link works, in ISO form. */
  until?: string
}

export interface LetterToSend {
  kind: LetterKind
  accountId: string | null
  /** Whose administrator sees it in the outbox. */
  organisationId: string | null
  to: string
  language: 'vi' | 'en'
  details: LetterDetails
  /** The code of its link, sealed by `SignIn.seal`. */
  sealed?: string
}

export type LetterState = 'waiting' | 'sent' | 'failed' | 'discarded'

/** A letter in the outbox. */
export interface LetterLine {
  id: string
  kind: LetterKind
  to: string
  name: string
  organisationName: string | null
  state: LetterState
  attempts: number
  lastError: string | null
  madeAt: Date
  closedAt: Date | null
}

/** A letter as it is read. */
export interface WrittenLetter {
  subject: string
  /** Paragraphs; the link stands alone after `beforeLink` of them. */
  paragraphs: string[]
  link: { address: string; label: string; after: number } | null
}

declare module '#server/platform/jobs.ts' {
  interface Jobs {
    'mail.send': { letterId: string }
  }
}
