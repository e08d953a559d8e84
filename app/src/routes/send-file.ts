import { Readable } from 'node:stream'

/**
 * A kept file as a download. Whatever the file is, a browser is told to run nothing of it: it is saved, never shown
 * inside the product, unless `inline` says that its type was checked to be a picture.
 */
export function sendFile(
  file: { size: number; stream: () => Readable },
  as: { name: string; mediaType: string; inline?: boolean },
): Response {
  return new Response(Readable.toWeb(file.stream()) as ReadableStream<Uint8Array>, {
    headers: { ...savedAs(as), 'content-length': String(file.size) },
  })
}

/** What tells a browser to save what comes under this name, and to run nothing of it. */
export function savedAs(as: { name: string; mediaType: string; inline?: boolean }): Record<string, string> {
  // Names may hold any letter: the plain form for old programs, the encoded one for the rest (RFC 6266).
  const plain =
    as.name
      .normalize('NFD')
      .replaceAll('đ', 'd')
      .replaceAll('Đ', 'D')
      .replace(/[^\x20-\x7e]/g, '')
      .replace(/["\\]/g, '_') || 'tep'
  const how = as.inline ? 'inline' : 'attachment'
  return {
    'content-type': as.mediaType,
    'content-disposition': `${how}; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(as.name)}`,
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
  }
}
