type TextField = HTMLInputElement | HTMLTextAreaElement

/**
 * What people typed, ticked or chose before the page's script took over: on a slow line that is seconds. Taking over
 * sets every field to what the server sent, so it is collected just before and given back just after.
 */
export function collectTyped(): () => void {
  const typed: (() => void)[] = []
  for (const field of document.querySelectorAll<TextField>('input, textarea')) {
    const isTicked =
      field instanceof HTMLInputElement && (field.type === 'checkbox' || field.type === 'radio')
    if (isTicked && field.checked !== field.defaultChecked) {
      const { checked } = field
      typed.push(() => giveBack(field, () => Object.assign(field, { checked })))
    } else if (!isTicked && field.type !== 'file' && field.value !== field.defaultValue) {
      const { value } = field
      typed.push(() => giveBack(field, () => Object.assign(field, { value })))
    }
  }
  for (const field of document.querySelectorAll('select')) {
    const isChanged = Array.from(field.options).some((option) => option.selected !== option.defaultSelected)
    const { value } = field
    if (isChanged && value) typed.push(() => giveBack(field, () => Object.assign(field, { value })))
  }
  return () => {
    for (const restore of typed) restore()
  }
}

/** As if it were typed now, so that whatever listens hears of it. */
function giveBack(field: HTMLElement, set: () => void): void {
  set()
  field.dispatchEvent(new Event('input', { bubbles: true }))
}
