/** What evidence may be, told by the first bytes of a file: what its name or the browser says of it does not count. */
export interface MediaType {
  mediaType: string
  /** A picture that a browser may show inside a page. */
  isPicture: boolean
}

const ascii = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0))

/** First bytes, at an offset, of what offices send: pictures, papers, sound and film. */
const signatures: readonly { at: number; bytes: readonly number[]; mediaType: string; isPicture?: true }[] = [
  { at: 0, bytes: [0xff, 0xd8, 0xff], mediaType: 'image/jpeg', isPicture: true },
  { at: 0, bytes: [0x89, ...ascii('PNG\r\n'), 0x1a, 0x0a], mediaType: 'image/png', isPicture: true },
  { at: 0, bytes: ascii('GIF8'), mediaType: 'image/gif', isPicture: true },
  { at: 8, bytes: ascii('WEBP'), mediaType: 'image/webp', isPicture: true },
  { at: 4, bytes: ascii('ftyphei'), mediaType: 'image/heic' },
  { at: 4, bytes: ascii('ftypmif1'), mediaType: 'image/heic' },
  { at: 4, bytes: ascii('ftypavif'), mediaType: 'image/avif', isPicture: true },
  { at: 4, bytes: ascii('ftypM4A'), mediaType: 'audio/mp4' },
  { at: 4, bytes: ascii('ftyp'), mediaType: 'video/mp4' },
  { at: 0, bytes: ascii('%PDF-'), mediaType: 'application/pdf' },
  { at: 0, bytes: ascii('{\\rtf'), mediaType: 'application/rtf' },
  { at: 0, bytes: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], mediaType: 'application/x-ole-storage' },
  { at: 0, bytes: [0x50, 0x4b, 0x03, 0x04], mediaType: 'application/zip' },
  { at: 0, bytes: ascii('ID3'), mediaType: 'audio/mpeg' },
  { at: 0, bytes: [0x1a, 0x45, 0xdf, 0xa3], mediaType: 'video/webm' },
]

const pictures = new Set(signatures.filter(({ isPicture }) => isPicture).map(({ mediaType }) => mediaType))

/** Whether a kept file of this type is a picture that a browser may show; everything else is only ever saved. */
export function isShownInline(mediaType: string): boolean {
  return pictures.has(mediaType)
}

const office = 'application/vnd.openxmlformats-officedocument'
/** Packages of zipped parts are told apart by their names; they are only ever saved, never opened here. */
const packages: Record<string, string> = {
  docx: `${office}.wordprocessingml.document`,
  xlsx: `${office}.spreadsheetml.sheet`,
  pptx: `${office}.presentationml.presentation`,
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
}
const oldOffice: Record<string, string> = {
  doc: 'application/msword',
  xls: 'application/vnd.ms-excel',
  ppt: 'application/vnd.ms-powerpoint',
}

/** How many first bytes are looked at. */
export const bytesToTell = 4_096

/** What a file is, by its first bytes; undefined for what is not taken (programs, web pages, unknown data). */
export function tellMediaType(start: Uint8Array, name: string): MediaType | undefined {
  const found = signatures.find(({ at, bytes }) => bytes.every((byte, index) => start[at + index] === byte))
  const ending = name.toLowerCase().split('.').pop() ?? ''
  if (!found) return isPlainText(start) ? { mediaType: 'text/plain', isPicture: false } : undefined
  const byName =
    found.mediaType === 'application/zip'
      ? packages[ending]
      : found.mediaType === 'application/x-ole-storage'
        ? oldOffice[ending]
        : undefined
  return { mediaType: byName ?? found.mediaType, isPicture: found.isPicture ?? false }
}

/** Text of UTF-8 without control characters, that does not begin as a web page or a script does. */
function isPlainText(start: Uint8Array): boolean {
  if (start.length === 0) return false
  let text: string
  try {
    // The last letter may be cut in two: up to three bytes of it are left out.
    text = new TextDecoder('utf-8', { fatal: true }).decode(start, { stream: true })
  } catch {
    return false
  }
  const hasControls = [...text].some((letter) => letter < ' ' && !'\t\n\r\f'.includes(letter))
  return !hasControls && !/^\s*(<|#!)/.test(text)
}

/** What the file chooser of a browser offers. */
export const acceptedFiles =
  'image/*,video/mp4,audio/*,.pdf,.doc,.docx,.xls,.xlsx,.ppt,.pptx,.odt,.ods,.rtf,.txt,.zip'
