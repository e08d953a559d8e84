import { type CivilDate, parseIsoDate, parseVietnameseDate } from '@trienkhai/vietnamese/civil-date.ts'

/** The part of an address that says on which day the product is looked at: `?ngay=2025-06-30`. */
export const dayParameter = 'ngay'

/** The day that an address asks for, where that is a day of the past; otherwise today. */
export function dayOf(url: URL, today: CivilDate): CivilDate {
  const asked = (url.searchParams.get(dayParameter) ?? '').trim()
  const day = parseIsoDate(asked) ?? parseVietnameseDate(asked)
  return day !== undefined && day < today ? day : today
}

/** An address inside the product with the day that is looked at, before its `#`. */
export function withDay(address: string, day: CivilDate): string {
  const [, path = '', fragment = ''] = /^([^#]*)(#.*)?$/.exec(address) ?? []
  if (new RegExp(`[?&;]${dayParameter}=`).test(path)) return address
  return `${path}${path.includes('?') ? '&amp;' : '?'}${dayParameter}=${day}${fragment}`
}

const leadsWithin = /^(?:\/(?!\/)|\?)/
const tags = /<(a|form)\b([^>]*)>/g

/**
 * A page of the past: its links and searches keep the day, so that one stays in it; its forms cannot be used, as the
 * past cannot be changed; no script brings them to life again. A tag with `data-any-day` is left as it is.
 */
export function keepDay(html: string, day: CivilDate): string {
  return html
    .replace(tags, (tag: string, name: string, attributes: string) => {
      if (/\sdata-any-day\b/.test(attributes)) return tag
      if (name === 'a') return `<a${keepIn(attributes, 'href', day)}>`
      if (/\smethod="get"/i.test(attributes))
        return `${tag}<input type="hidden" name="${dayParameter}" value="${day}">`
      return `<form inert${keepIn(attributes, 'action', day)}>`
    })
    .replace(/<script\b[^>]*>(?:(?!<\/script>)[\s\S])*__sveltekit(?:(?!<\/script>)[\s\S])*<\/script>/g, '')
}

function keepIn(attributes: string, name: string, day: CivilDate): string {
  return attributes.replace(new RegExp(`(\\s${name}=")([^"]*)"`), (whole, start: string, address: string) =>
    leadsWithin.test(address) ? `${start}${withDay(address, day)}"` : whole,
  )
}
