import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { bringInList } from '../../app/src/features/imports/server/operations.ts'
import type { Context } from '../../app/src/server/context.ts'
import type { Database } from '../../app/src/server/database/handles.ts'
import { newId } from '../../app/src/server/platform/ids.ts'

const list =
  'Họ và tên;Ngày sinh;Điện thoại;Tổ chức;Tư cách\nLò Thị Kín;31/02/1980;0987135246;Chi bộ không đâu;dự bị\n'

/** A list that an officer has sent and not brought in yet, with a wrong row and somebody's phone in it. */
export async function plantImport(database: Database, officer: Context, officeId: string): Promise<string> {
  const file = new File([list], 'sao-khue-9173.csv')
  const sent = await bringInList(
    officer,
    { commandId: newId(), officeId, kind: null },
    { name: file.name, size: file.size, stream: () => file.stream() },
    { mostBytes: 1_000_000 },
  )
  if (!sent.ok) throw new Error(`the planted list was refused: ${sent.reason}`)
  for (let tries = 0; tries < 1200; tries++) {
    const { rows } = await sql<{ state: string }>`
      select state from data_import where id = ${sent.importId}`.execute(database.reader)
    if (rows[0]?.state === 'preview') return sent.importId
    await sleep(50)
  }
  throw new Error('the planted list was not read')
}
