import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../../tests/helpers/database.ts'
import { kindWords, personalKinds } from '../kinds.ts'
import { notPersonal, register } from '../register.ts'

let test_: TestDatabase
beforeAll(async () => {
  test_ = await createTestDatabase()
})
afterAll(() => test_.drop())

test('every reference to a person or an account is in the register of personal data', async () => {
  const references = await test_.askAsOwner<{ name: string; of: string }>(`
    select rel.relname || '.' || att.attname as name, target.relname as of
    from pg_constraint con
    join pg_class rel on rel.oid = con.conrelid
    join pg_class target on target.oid = con.confrelid
    join pg_attribute att on att.attrelid = con.conrelid and att.attnum = any (con.conkey)
    where con.contype = 'f' and target.relname in ('person', 'account') and rel.relnamespace = 'public'::regnamespace
    order by 1`)
  const known = new Set(
    register.flatMap(({ table, links }) => links.map(({ column, of }) => `${table}.${column} ${of}`)),
  )
  const missing = references.filter(({ name, of }) => !known.has(`${name} ${of}`)).map(({ name }) => name)
  expect(missing, 'put it into features/personal-data/register.ts').toEqual([])
})

test('every column that sounds personal is shown to the person, or says why it is not', async () => {
  const columns = await test_.askAsOwner<{ name: string }>(`
    select table_name || '.' || column_name as name from information_schema.columns
    where table_schema = 'public' and data_type in ('text', 'date', 'jsonb', 'tsvector', 'USER-DEFINED', 'bytea')
      and column_name ~ '(name|mail|phone|born|birth|card|sex|address|agent|image|token|password|secret|identifier|joined|official|capacity|photo|portrait|ethnic|religion)'
    order by 1`)
  const shown = new Set(register.flatMap(({ table, shows }) => shows.map((column) => `${table}.${column}`)))
  const unsaid = columns.map(({ name }) => name).filter((name) => !shown.has(name) && !(name in notPersonal))
  expect(unsaid, 'show it in register.ts, or say in notPersonal why it is none').toEqual([])
})

test('the register names tables and columns that there are, and every kind has its words', async () => {
  const columns = new Set(
    (
      await test_.askAsOwner<{ name: string }>(
        `select table_name || '.' || column_name as name from information_schema.columns where table_schema = 'public'`,
      )
    ).map(({ name }) => name),
  )
  const named = register.flatMap(({ table, links, shows }) =>
    [...links.map(({ column }) => column), ...shows].map((column) => `${table}.${column}`),
  )
  expect(named.filter((name) => !columns.has(name))).toEqual([])
  for (const kind of personalKinds) {
    expect(Object.keys(kindWords.vi[kind])).toEqual(Object.keys(kindWords.en[kind]))
    expect([kind, kindWords.vi[kind].purpose.length > 5]).toEqual([kind, true])
  }
})
