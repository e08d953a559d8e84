/**
 * The form that a page sent, as every action reads it: without NUL, which no database holds and nobody types, in
 * texts and in the names of files.
 */
export async function readForm(request: Request): Promise<FormData> {
  const sent = await request.formData()
  const form = new FormData()
  for (const [name, value] of sent) form.append(withoutNul(name), cleaned(value))
  return form
}

function cleaned(value: string | File): string | File {
  if (typeof value === 'string') return withoutNul(value)
  const name = withoutNul(value.name)
  return name === value.name ? value : new File([value], name, { type: value.type })
}

/** Text as it was sent, but for characters that cannot be kept. */
export const withoutNul = (text: string): string => text.replaceAll('\0', '')
