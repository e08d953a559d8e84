import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

/** What axe objects to on the page that is open, and whether it is wider than the screen. */
export async function findObjections(page: Page): Promise<string[]> {
  // The other mode opens one more page for each analysis, to gather what it found in frames: we have none.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  const objections = violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`)
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  return overflow > 0 ? [...objections, `${overflow} px wider than the screen`] : objections
}
