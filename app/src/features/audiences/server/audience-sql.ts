import { type RawBuilder, sql } from 'kysely'
import type { Audience } from '../schema.ts'
import { type AudienceTree, treeNow } from './audience-tree.ts'

/** A select of `organisation_id`, or of people's ways; null where an expression can name none. */
export type Select = RawBuilder<unknown> | null

/** From which office an expression speaks, and in which tree. */
export interface Speaking {
  officeId: string
  tree: AudienceTree
}

const nobody = sql`select null::uuid as organisation_id where false`
const isSelect = (select: Select): select is RawBuilder<unknown> => select !== null

/**
 * The organisations of an expression as a select of `organisation_id`, to stand in a larger statement; a part that
 * names people is the bodies for which they act. It may name anything: whoever uses it joins the line with the office
 * as ancestor, as {@link audienceInTree} does.
 */
export function audienceSelect(speaking: Speaking, audience: Audience): RawBuilder<unknown> {
  switch (audience.type) {
    case 'holders':
    case 'titled':
    case 'members':
      return audienceSelect(speaking, audience.of)
    case 'persons':
      return nobody
    case 'union': {
      if (audience.parts.length === 0) return nobody
      const parts = audience.parts.map((part) => sql`(${audienceSelect(speaking, part)})`)
      return sql.join(parts, sql` union `)
    }
    case 'intersection': {
      // Those for which any of its people act, so far as they are among all of its bodies.
      const people = audience.parts.filter(namesPeople)
      const bodies = audience.parts.filter((part) => !namesPeople(part))
      const acting = sql.join(
        people.map((part) => sql`(${audienceSelect(speaking, part)})`),
        sql` union `,
      )
      const all = [
        ...(people.length > 0 ? [sql`(${acting})`] : []),
        ...bodies.map((part) => sql`(${audienceSelect(speaking, part)})`),
      ]
      return all.length > 0 ? sql.join(all, sql` intersect `) : nobody
    }
    case 'difference':
      return sql`(${audienceSelect(speaking, audience.from)}) except (${audienceSelect(speaking, audience.without)})`
    default:
      return bodiesSelect(speaking, audience) ?? nobody
  }
}

/** Whether an expression names people anywhere in it. */
export function namesPeople(audience: Audience): boolean {
  switch (audience.type) {
    case 'holders':
    case 'titled':
    case 'members':
    case 'persons':
      return true
    case 'union':
    case 'intersection':
      return audience.parts.some(namesPeople)
    case 'difference':
      return namesPeople(audience.from)
    default:
      return false
  }
}

/** The bodies that an expression names as bodies; null where it names only people. */
export function bodiesSelect(speaking: Speaking, audience: Audience): Select {
  const { officeId, tree } = speaking
  switch (audience.type) {
    case 'self':
      return sql`select ${officeId}::uuid as organisation_id`
    case 'organisations':
      return sql`select unnest(${audience.ids}::uuid[]) as organisation_id`
    case 'every': {
      const distance = audience.reach === 'direct' ? sql`= 1` : sql`> 0`
      return sql`
        select line.organisation_id
        from ${tree.line} line join ${tree.body} body on body.id = line.organisation_id
        where line.ancestor_id = ${officeId} and line.distance ${distance} ${isOf(audience)}`
    }
    case 'around':
      return sql`
        select distinct body.id as organisation_id
        from (${audienceSelect(speaking, audience.of)}) base cross join lateral (${standing(tree, audience.place)}) body
        where true ${isOf(audience)}`
    case 'union': {
      const parts = audience.parts.map((part) => bodiesSelect(speaking, part)).filter(isSelect)
      if (parts.length === 0) return null
      return sql.join(
        parts.map((part) => sql`(${part})`),
        sql` union `,
      )
    }
    case 'intersection': {
      const parts = audience.parts.map((part) => bodiesSelect(speaking, part))
      const bodies = parts.filter(isSelect)
      if (bodies.length === 0 || bodies.length < parts.length) return null
      return sql.join(
        bodies.map((part) => sql`(${part})`),
        sql` intersect `,
      )
    }
    case 'difference': {
      const from = bodiesSelect(speaking, audience.from)
      const without = bodiesSelect(speaking, audience.without)
      if (!from || !without) return from
      return sql`(${from}) except (${without})`
    }
    default:
      return null
  }
}

/** The bodies that stand so to `base.organisation_id`. */
function standing(
  { line, body }: AudienceTree,
  place: Extract<Audience, { type: 'around' }>['place'],
): RawBuilder<unknown> {
  const base = sql`base.organisation_id`
  switch (place) {
    case 'itself':
      return sql`select other.* from ${body} other where other.id = ${base}`
    case 'children':
      return sql`select other.* from ${body} other where other.parent_id = ${base}`
    case 'below':
    case 'itself-and-below':
      return sql`
        select other.* from ${line} down join ${body} other on other.id = down.organisation_id
        where down.ancestor_id = ${base} ${place === 'below' ? sql`and down.distance > 0` : sql``}`
    case 'siblings':
      return sql`
        select other.* from ${body} own join ${body} other on other.parent_id = own.parent_id
        where own.id = ${base} and other.id <> own.id`
    case 'parent':
      return sql`
        select other.* from ${body} own join ${body} other on other.id = own.parent_id where own.id = ${base}`
    case 'above':
      return sql`
        select other.* from ${line} up join ${body} other on other.id = up.ancestor_id
        where up.organisation_id = ${base} and up.distance > 0`
  }
}

/** The conditions on `body` that an expression makes. */
function isOf(audience: {
  kinds?: readonly string[]
  hierarchies?: readonly string[]
  named?: readonly string[]
}): RawBuilder<unknown> {
  const { kinds, hierarchies, named } = audience
  return sql`
    ${kinds ? sql`and body.kind = any(${kinds}::text[])` : sql``}
    ${hierarchies ? sql`and body.hierarchy = any(${hierarchies}::text[])` : sql``}
    ${named ? sql`and body.search_key ~ ${wholeWords(named)}` : sql``}`
}

/**
 * The organisations of an audience, each once, as a select of `organisation_id`: only the office itself and bodies
 * below it, whatever the audience names.
 */
export function audienceInTree(
  officeId: string,
  audience: Audience,
  tree: AudienceTree = treeNow,
): RawBuilder<{ organisation_id: string }> {
  return sql<{ organisation_id: string }>`
    select tree.organisation_id
    from ${tree.line} tree join ${tree.body} living on living.id = tree.organisation_id
    where tree.ancestor_id = ${officeId}
      and tree.organisation_id in (
        select organisation_id from (${audienceSelect({ officeId, tree }, audience)}) chosen
      )`
}

/** A pattern that finds any of these folded words as whole words. */
function wholeWords(words: readonly string[]): string {
  const escaped = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return `\\m(${escaped.join('|')})\\M`
}
