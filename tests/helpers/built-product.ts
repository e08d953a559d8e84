import { ensureBuilt } from '../../app/src/entry/cli/ensure-built.ts'

/** Before the first test of the product: builds its pages, where there are none of this source. */
export async function setup(): Promise<void> {
  if (!(await ensureBuilt('en'))) throw new Error('the pages could not be built')
}
