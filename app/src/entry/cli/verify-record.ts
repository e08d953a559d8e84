import { parseArgs } from 'node:util'
import { inBothLanguages, type Language } from '@trienkhai/vietnamese/language.ts'
import { connect } from '#server/database/connect.ts'
import { type RecordBreak, type Verification, verifyRecord, wasHead } from '#server/record-chain.ts'
import { exitCodes, WrongUsage } from './command.ts'
import { openDatabase } from './open-database.ts'
import { migrateAloud } from './prepare-database.ts'
import { requireSettings } from './read-settings.ts'

const words = inBothLanguages({
  vi: {
    whole: ({ entries }: Verification): string =>
      `Nhật ký nguyên vẹn: ${entries} dòng, chuỗi mã băm liền mạch.`,
    empty: 'Nhật ký chưa có dòng nào.',
    head: (head: string): string =>
      `Mã băm cuối chuỗi: ${head}\nHãy ghi lại ở nơi khác; lần sau kiểm tra thêm bằng --head ${head}`,
    broken: (entryId: number, how: RecordBreak): string =>
      `Chuỗi nhật ký bị đứt từ dòng số ${entryId}: ${whatVi[how]}. Hãy giữ nguyên cơ sở dữ liệu để xác minh.`,
    unknownHead: 'Chuỗi không còn mã băm đã ghi lại trước đây: nhật ký đã bị cắt bớt hoặc viết lại.',
    wrongHead: '--head là 64 ký tự 0–9, a–f.',
  },
  en: {
    whole: ({ entries }: Verification): string =>
      `The record is whole: ${entries} entries, their chain of hashes without a break.`,
    empty: 'The record has no entry yet.',
    head: (head: string): string =>
      `Head of the chain: ${head}\nNote it down elsewhere; next time verify against it with --head ${head}`,
    broken: (entryId: number, how: RecordBreak): string =>
      `The chain of the record is broken from entry ${entryId} on: ${whatEn[how]}. Leave the database as it is.`,
    unknownHead:
      'The chain no longer bears the head that was noted: the record was cut short or written anew.',
    wrongHead: '--head is 64 characters of 0–9 and a–f.',
  },
})

const whatVi: Record<RecordBreak, string> = {
  changed: 'nội dung đã bị sửa',
  removed: 'đã bị xóa',
  inserted: 'được chèn vào sau',
}
const whatEn: Record<RecordBreak, string> = {
  changed: 'it was changed',
  removed: 'it was removed',
  inserted: 'it was slipped in later',
}

/** Goes over the whole record and tells the first entry at which its chain is broken. */
export async function run(args: string[], language: Language): Promise<number> {
  const { values } = parseArgs({ args, options: { head: { type: 'string' } } })
  const say = words[language]
  const noted = values.head?.toLowerCase()
  if (noted !== undefined && !/^[0-9a-f]{64}$/.test(noted)) throw new WrongUsage(say.wrongHead)
  const opened = await openDatabase(requireSettings(language), language, 'share')
  try {
    await migrateAloud(opened.addresses.owner, language)
    const database = connect(opened.addresses.program, { actor: 'program' })
    try {
      const verification = await verifyRecord(database)
      const { broken, head } = verification
      if (broken) {
        process.stdout.write(`${say.broken(broken.entryId, broken.how)}\n`)
        return exitCodes.failed
      }
      if (noted !== undefined && !(await wasHead(database, noted))) {
        process.stdout.write(`${say.unknownHead}\n`)
        return exitCodes.failed
      }
      process.stdout.write(
        head === null ? `${say.empty}\n` : `${say.whole(verification)}\n${say.head(head)}\n`,
      )
      return exitCodes.done
    } finally {
      await database.close()
    }
  } finally {
    await opened.stop()
  }
}
