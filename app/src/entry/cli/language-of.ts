import type { Language } from '@trienkhai/vietnamese/language.ts'

/** The language of the commands: TRIENKHAI_LANG, or that of the system where it is Vietnamese, else English. */
export function languageOf(environment: Readonly<Record<string, string | undefined>>): Language {
  const chosen = environment['TRIENKHAI_LANG']
  if (chosen === 'vi' || chosen === 'en') return chosen
  const system = environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'] || ''
  return /^vi([_.@]|$)/i.test(system) ? 'vi' : 'en'
}
