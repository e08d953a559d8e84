import type { ImportKind } from './schema.ts'

/** What our own sheets are called, in Vietnamese and English. */
export const sheetNames: Readonly<Record<ImportKind, readonly [vi: string, en: string]>> = {
  organisations: ['Tổ chức', 'Organisations'],
  people: ['Con người', 'People'],
  posts: ['Chức vụ', 'Posts'],
  memberships: ['Sinh hoạt', 'Memberships'],
}
