import type { Review } from './review.ts'
import { allFields } from './review-changes.ts'

const fieldElement = (id: string): HTMLElement | null => document.getElementById(`field-${id}`)

/** Which line of a review is pointed at, and the ways to get to another. */
export class ReviewPointer {
  current: string | null = $state(null)
  readonly #review: () => Review

  constructor(review: () => Review) {
    this.#review = review
  }

  point(id: string): void {
    this.current = id
  }

  /** Goes to a field's line, and brings its words in sight. */
  goTo(id: string): void {
    this.current = id
    fieldElement(id)?.focus()
    const [first] = allFields(this.#review()).find((field) => field.id === id)?.spans ?? []
    if (first) document.getElementById(`words-${first[0]}`)?.scrollIntoView({ block: 'center' })
  }

  move(by: number, from: string | null = this.current): void {
    const ids = this.#shownIds()
    const at = from ? ids.indexOf(from) : -1
    const next = ids[Math.max(0, Math.min(ids.length - 1, at + by))]
    if (next) this.goTo(next)
  }

  moveToUnconfirmed(): void {
    const ids = this.#shownIds()
    const at = this.current ? ids.indexOf(this.current) : -1
    const rest = [...ids.slice(at + 1), ...ids.slice(0, at + 1)]
    const next = rest.find((id) => fieldElement(id)?.dataset['confirmed'] === 'no')
    if (next) this.goTo(next)
  }

  confirm(): void {
    if (!this.current) return
    fieldElement(this.current)?.querySelector<HTMLFormElement>('form[data-confirm]')?.requestSubmit()
  }

  #shownIds(): string[] {
    return Array.from(
      document.querySelectorAll<HTMLElement>('[data-field]'),
      (element) => element.dataset['field'] ?? '',
    )
  }
}
