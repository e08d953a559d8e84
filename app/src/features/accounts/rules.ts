import { fold } from '@trienkhai/vietnamese/fold.ts'

/** Characters. A sentence of four words is longer, and easier to keep in mind. */
export const shortestPassword = 10
export const longestPassword = 128

/** A user name: what people type on any keyboard. */
export const usernameForm = /^[a-z0-9][a-z0-9._]{2,59}$/

/** Ending of the addresses of accounts without mail: nothing is ever sent there. */
const withoutMail = '.invalid'

/** Whether an account's address is one that mail reaches. */
export const hasMail = (email: string): boolean => !email.endsWith(withoutMail)

/** The address that stands for none, for an account's id. */
export const noAddress = (accountId: string): string => `${accountId}@khong-co-thu${withoutMail}`

/** `nguyenvanan` for Nguyễn Văn An: what a user name is made of until it is changed. */
export function suggestUsername(fullName: string): string {
  const plain = fold(fullName).replace(/[^a-z0-9]/g, '')
  return plain.length >= 3 ? plain.slice(0, 40) : `tk${plain}`
}

export type PasswordProblem = 'short' | 'long' | 'common' | 'name' | 'simple' | 'different'
