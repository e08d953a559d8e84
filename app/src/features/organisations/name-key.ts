import { fold } from '@trienkhai/vietnamese/fold.ts'

/**
 * The key under which names of organisations are searched: no marks, no case, `ủy` as `uỷ`, and `lý` as `lí` (a y that
 * stands alone after a consonant). The same as `name_key()` of the database.
 */
export function nameKey(text: string): string {
  return fold(text).replace(/(qu|[bcdghklmnprstvx])y\b/g, '$1i')
}
