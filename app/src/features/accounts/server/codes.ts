import { createHmac, randomBytes, randomInt } from 'node:crypto'

/** Letters and figures that are not taken for one another on paper: 32 of them, so that twelve hold 60 bits. */
const slipSigns = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'
const slipLength = 12

/** A code that is given out once: long for a link, short enough to type for a slip (`K7MP-3XQ9-TTA2`). */
export function makeCode(by: 'mail' | 'slip'): string {
  if (by === 'mail') return randomBytes(24).toString('base64url')
  return makeSigns(slipLength).replace(/(.{4})(?=.)/g, '$1-')
}

const makeSigns = (length: number): string =>
  Array.from({ length }, () => slipSigns[randomInt(slipSigns.length)] ?? '').join('')

const recoveryCodes = 10

/** Codes for the day when the phone is lost, of the same signs as slips: they are printed, and typed by hand. */
export const makeRecoveryCodes = (): string[] =>
  Array.from({ length: recoveryCodes }, () => `${makeSigns(5)}-${makeSigns(5)}`)

/** A recovery code as it was printed, however it was typed. */
export const readRecoveryCode = (typed: string): string =>
  typed
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .replace(/^(.{5})(?=.)/, '$1-')

/** The code as it was given out, however it was typed. A slip's is typed in small letters, with spaces or none. */
export function readCode(typed: string): string {
  const signs = typed.toUpperCase().replace(/[^A-Z0-9]/g, '')
  const isSlip = signs.length === slipLength
  return isSlip ? signs.replace(/(.{4})(?=.)/g, '$1-') : typed.trim()
}

/** The keyed hash of a code: who reads the table can try no codes on it. */
export const hashCode = (secret: string, code: string): string =>
  createHmac('sha256', secret).update(`code ${code}`).digest('base64url')
