import type { SubmitFunction } from '$app/forms'

/** Sends a form without leaving the page, and leaves what was typed elsewhere as it is, whatever the address says. */
export const keeping: SubmitFunction =
  () =>
  ({ update }) =>
    update({ reset: false, navigate: false })
