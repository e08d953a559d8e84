import { styleText } from 'node:util'
import type { Language } from '@trienkhai/vietnamese/language.ts'
import type { Database } from '#server/database/handles.ts'
import { tell } from './open-database.ts'
import { startWords } from './start-words.ts'

/** Says where the product is and, while the sample accounts are there, how to sign in: in both languages. */
export async function printWelcome(database: Database, baseUrl: string, language: Language): Promise<void> {
  const { listSampleAccounts } = await import('#entry/seed.ts')
  const accounts = await listSampleAccounts(database.reader)
  const order: Language[] = language === 'vi' ? ['vi', 'en'] : ['en', 'vi']
  const lines = ['']
  for (const each of order) lines.push(styleText('bold', startWords[each].ready(baseUrl)))
  if (accounts.length > 0) {
    lines.push('', order.map((each) => startWords[each].signIn).join(' · '))
    const widest = Math.max(...accounts.map((account) => account.username.length))
    for (const { username, password, role } of accounts) {
      lines.push(
        `  ${username.padEnd(widest)}  ${password}  ${role[order[0] ?? 'vi']} · ${role[order[1] ?? 'en']}`,
      )
    }
  }
  lines.push('', order.map((each) => startWords[each].stopHint).join(' · '), '')
  tell(lines.join('\n'))
}
