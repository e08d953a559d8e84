import { createHash } from 'node:crypto'
import { deflateSync } from 'node:zlib'

/** Builds PDFs object by object, right or wrong: for the tests with hostile files. */

/** The words of the honest part. */
export const honestText = 'Ke hoach to chuc hoi nghi cua chi bo trong quy hai'

export type Body = string | Uint8Array

interface PdfObject {
  number: number
  body: Body
}

export const latin = (text: string): Uint8Array =>
  Uint8Array.from(text, (letter) => letter.charCodeAt(0) & 255)

export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

const bytesOf = (body: Body): Uint8Array => (typeof body === 'string' ? latin(body) : body)

interface BuildOptions {
  header?: string
  trailer?: string
  /** What stands where the cross-reference table should. */
  xref?: string
  tail?: string
}

/** A PDF of objects, with a right cross-reference table unless told otherwise. */
export function build(objects: readonly PdfObject[], options: BuildOptions = {}): Uint8Array {
  const parts: Uint8Array[] = [latin(options.header ?? '%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n')]
  const offsets = new Map<number, number>()
  let length = parts[0]?.length ?? 0
  for (const { number, body } of objects) {
    offsets.set(number, length)
    const part = joinBytes([latin(`${number} 0 obj\n`), bytesOf(body), latin('\nendobj\n')])
    parts.push(part)
    length += part.length
  }
  const size = Math.max(...objects.map((object) => object.number)) + 1
  const rows = Array.from({ length: size - 1 }, (_, at) => {
    const offset = offsets.get(at + 1)
    return offset === undefined ? '0000000000 65535 f \n' : `${String(offset).padStart(10, '0')} 00000 n \n`
  })
  parts.push(latin(options.xref ?? `xref\n0 ${size}\n0000000000 65535 f \n${rows.join('')}`))
  parts.push(latin(`trailer\n${options.trailer ?? `<< /Size ${size} /Root 1 0 R >>`}\n`))
  parts.push(latin(options.tail ?? `startxref\n${length}\n%%EOF\n`))
  return joinBytes(parts)
}

export const stream = (data: Body, dictionary = ''): Uint8Array =>
  joinBytes([
    latin(`<< /Length ${bytesOf(data).length} ${dictionary} >>\nstream\n`),
    bytesOf(data),
    latin('\nendstream'),
  ])

export const packed = (data: Body, dictionary = ''): Uint8Array =>
  stream(deflateSync(bytesOf(data)), `/Filter /FlateDecode ${dictionary}`)

export const textContent = `BT /F1 14 Tf 60 700 Td (${honestText}) Tj ET`
const font = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'
export const pageOf = (more = ''): string =>
  `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> ${more} >>`

/** An honest paper of one page, in which single objects can be changed. */
export function paper(changes: Record<number, Body> = {}, options: BuildOptions = {}): Uint8Array {
  const bodies: Record<number, Body> = {
    1: '<< /Type /Catalog /Pages 2 0 R >>',
    2: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    3: pageOf(),
    4: stream(textContent),
    5: font,
    ...changes,
  }
  return build(
    Object.entries(bodies).map(([number, body]) => ({ number: Number(number), body })),
    options,
  )
}

/** Numbers that look like chance and are the same on every run. */
function pickNumbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

export function flipBits(bytes: Uint8Array, seed: number, count: number): Uint8Array {
  const next = pickNumbers(seed)
  const copy = new Uint8Array(bytes)
  for (let flip = 0; flip < count; flip++) {
    const at = Math.floor(next() * copy.length)
    copy[at] = (copy[at] ?? 0) ^ (1 << Math.floor(next() * 8))
  }
  return copy
}

/** RC4, which PDF's oldest encryption uses; only to make test files. */
function rc4(key: Uint8Array, data: Uint8Array): Uint8Array {
  const box = Uint8Array.from({ length: 256 }, (_, at) => at)
  const swap = (a: number, b: number): void => {
    const kept = box[a] ?? 0
    box[a] = box[b] ?? 0
    box[b] = kept
  }
  for (let at = 0, other = 0; at < 256; at++) {
    other = (other + (box[at] ?? 0) + (key[at % key.length] ?? 0)) & 255
    swap(at, other)
  }
  let [i, j] = [0, 0]
  return data.map((byte) => {
    i = (i + 1) & 255
    j = (j + (box[i] ?? 0)) & 255
    swap(i, j)
    return byte ^ (box[((box[i] ?? 0) + (box[j] ?? 0)) & 255] ?? 0)
  })
}

const padding = Uint8Array.from(
  '28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a'.match(/../g) ?? [],
  (pair) => Number.parseInt(pair, 16),
)
const md5 = (...parts: Uint8Array[]): Uint8Array => {
  const hash = createHash('md5')
  for (const part of parts) hash.update(part)
  return new Uint8Array(hash.digest())
}
const hex = (bytes: Uint8Array): string => `<${Buffer.from(bytes).toString('hex')}>`

/** Encrypts the paper's content with 40-bit RC4 under a user password. */
export function encrypt(password: string): Uint8Array {
  const padded = joinBytes([latin(password), padding]).slice(0, 32)
  const owner = rc4(md5(padding).slice(0, 5), padded)
  const id = latin('trienkhai-test-1')
  const permissions = Uint8Array.from([0xfc, 0xff, 0xff, 0xff])
  const key = md5(padded, owner, permissions, id).slice(0, 5)
  const user = rc4(key, padding)
  const content = rc4(md5(key, Uint8Array.from([4, 0, 0, 0, 0])).slice(0, 10), latin(textContent))
  const dictionary = `<< /Filter /Standard /V 1 /R 2 /O ${hex(owner)} /U ${hex(user)} /P -4 >>`
  return paper(
    { 4: stream(content), 6: dictionary },
    { trailer: `<< /Size 7 /Root 1 0 R /Encrypt 6 0 R /ID [${hex(id)} ${hex(id)}] >>` },
  )
}

export const repeat = (text: string, times: number): string => text.repeat(times)
