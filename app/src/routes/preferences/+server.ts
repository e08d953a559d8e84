import { redirect } from '@sveltejs/kit'
import { pageToOpen } from '#features/shell/page-to-open.ts'
import { readForm } from '../form-text.ts'
import type { RequestHandler } from './$types'

const choices = { language: ['vi', 'en'], theme: ['auto', 'light', 'dark'], type: ['normal', 'large'] }
const secondsPerYear = 31_536_000

export const POST: RequestHandler = async ({ request, cookies, url }) => {
  const form = await readForm(request)
  for (const [name, allowed] of Object.entries(choices)) {
    const value = String(form.get(name) ?? '')
    if (allowed.includes(value))
      cookies.set(name, value, {
        path: '/',
        maxAge: secondsPerYear,
        httpOnly: true,
        sameSite: 'lax',
        secure: url.protocol === 'https:',
      })
  }
  redirect(303, pageToOpen(form.get('next')))
}
