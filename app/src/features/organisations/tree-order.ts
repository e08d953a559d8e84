interface Placed {
  id: string
  parentId: string | null
}

/** Rows of a tree, listed level by level, in the order in which it is read: each body before those below it. */
export function inTreeOrder<Row extends Placed>(rows: readonly Row[], topId: string): Row[] {
  const below = new Map<string | null, Row[]>()
  for (const row of rows) {
    const siblings = below.get(row.parentId)
    if (siblings) siblings.push(row)
    else below.set(row.parentId, [row])
  }
  const ordered: Row[] = []
  const waiting = rows.filter(({ id }) => id === topId)
  for (let row = waiting.pop(); row; row = waiting.pop()) {
    ordered.push(row)
    waiting.push(...(below.get(row.id) ?? []).toReversed())
  }
  return ordered
}
