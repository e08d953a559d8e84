export interface WebPagePart {
  bytes: Uint8Array
  charset: string | undefined
}

// MIME's parts nest when a page holds frames; the page is in the first or second level.
const deepest = 3

/** The page in a MIME file (RFC 2557): the first part that is HTML, decoded from its transfer encoding. */
export function findWebPage(bytes: Uint8Array): WebPagePart | undefined {
  return findHtmlPart(Buffer.from(bytes).toString('latin1'), 0)
}

function findHtmlPart(entity: string, depth: number): WebPagePart | undefined {
  const gap = /\r?\n\r?\n/.exec(entity)
  if (!gap) return undefined
  const head = entity.slice(0, gap.index).replace(/\r?\n[ \t]+/g, ' ')
  const body = entity.slice(gap.index + gap[0].length)
  const type = /^content-type:\s*([^\r\n]*)/im.exec(head)?.[1] ?? ''
  if (/^text\/html/i.test(type)) {
    const encoding = /^content-transfer-encoding:\s*(\S+)/im.exec(head)?.[1]?.toLowerCase()
    return { bytes: decodeBody(body, encoding), charset: /charset="?([\w-]+)/i.exec(type)?.[1] }
  }
  const boundary = /boundary="?([^";\r\n]{1,100})/i.exec(type)?.[1]
  if (boundary === undefined || depth === deepest) return undefined
  for (const part of body.split(`--${boundary}`).slice(1)) {
    const found = findHtmlPart(part.replace(/^\r?\n/, ''), depth + 1)
    if (found) return found
  }
  return undefined
}

function decodeBody(body: string, encoding: string | undefined): Uint8Array {
  if (encoding === 'base64') return Buffer.from(body, 'base64')
  if (encoding !== 'quoted-printable') return Buffer.from(body, 'latin1')
  const text = body
    .replace(/[ \t]*=\r?\n/g, '')
    .replace(/=([0-9A-Fa-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
  return Buffer.from(text, 'latin1')
}
