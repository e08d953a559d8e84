import { Agent } from 'node:http'
import { addDays, type CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { signInAs } from '../tests/helpers/session.ts'
import { type Figure, milliseconds, percentile, printCircumstances, printTable } from './measured.ts'
import { askFor, findPages, startMeasured } from './pages.ts'

const daysBack = 1
const asked = 4

/** Measures the same pages as of the day before; words behind the name choose pages by their paths. */
export async function run(words: string[]): Promise<void> {
  printCircumstances()
  const product = await startMeasured()
  const day = addDays(new Date().toISOString().slice(0, 10) as CivilDate, -daysBack)
  try {
    const figures: Figure[] = []
    for (const { name, username, path } of await findPages()) {
      if (words.length > 0 && !words.some((word) => path.includes(word) || name.includes(word))) continue
      const { cookie } = await signInAs(product.url, username)
      const agent = new Agent({ keepAlive: true })
      const times: number[] = []
      for (let at = 0; at < asked; at++) {
        const address = encodeURI(`${path}${path.includes('?') ? '&' : '?'}ngay=${day}`)
        times.push((await askFor(product, agent, address, cookie)).took)
      }
      agent.destroy()
      figures.push({
        what: name,
        values: [username, milliseconds(percentile(times, 0.5)), milliseconds(Math.max(...times))],
      })
    }
    printTable(
      `Pages as of ${day}, ${asked} requests each, one after the other`,
      ['page', 'who', 'median', 'slowest'],
      figures,
    )
  } finally {
    await product.stop()
  }
}
