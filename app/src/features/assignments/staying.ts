import type { SubmitFunction } from '$app/forms'

/**
 * Sends a form and stays on the page. What is refused keeps its words, with the reason beside them, whatever else the
 * address says; what was taken leaves its form empty and closed, so that a second press does not send it twice.
 */
export const staying: SubmitFunction =
  () =>
  async ({ formElement, result, update }) => {
    await update({ navigate: false })
    if (result.type !== 'redirect') return
    formElement.reset()
    formElement.closest('details')?.removeAttribute('open')
  }
