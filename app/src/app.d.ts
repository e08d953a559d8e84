import type { Language } from '@trienkhai/vietnamese/language.ts'
import type { SignIn } from '#features/accounts/server/sign-in.ts'
import type { Context } from '#server/context.ts'

declare global {
  namespace App {
    interface Locals {
      /** Who asks and what may be done; undefined where nobody is signed in. */
      context: Context | undefined
      signIn: SignIn
      /** The session of this device; undefined where nobody is signed in. */
      session: { id: string; isShared: boolean } | undefined
      /** The office asks for a second step that this account has yet to set up. */
      owesTwoStep: boolean
      mostUploadBytes: number
      language: Language
      theme: 'auto' | 'light' | 'dark'
      type: 'normal' | 'large'
      requestId: string
    }
    interface PageData {
      language: Language
    }
    interface Error {
      message: string
      /** What the person can quote when asking for help. */
      reference?: string
    }
  }
}
