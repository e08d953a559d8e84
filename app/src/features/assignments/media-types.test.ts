import { expect, it } from 'vitest'
import { isShownInline, tellMediaType } from './media-types.ts'

const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'string' ? [...new TextEncoder().encode(part)] : part)),
  )

it.each<[string, Uint8Array, string | undefined, boolean?]>([
  ['anh.jpg', bytes([0xff, 0xd8, 0xff, 0xe0]), 'image/jpeg', true],
  ['anh.png', bytes([0x89], 'PNG\r\n', [0x1a, 0x0a]), 'image/png', true],
  ['anh.webp', bytes('RIFF', [1, 2, 3, 4], 'WEBP'), 'image/webp', true],
  ['IMG_1.HEIC', bytes([0, 0, 0, 24], 'ftypheic'), 'image/heic'],
  ['phim.mp4', bytes([0, 0, 0, 24], 'ftypisom'), 'video/mp4'],
  ['ban.pdf', bytes('%PDF-1.7'), 'application/pdf'],
  [
    'bien ban.docx',
    bytes('PK', [3, 4]),
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  ],
  ['goi.zip', bytes('PK', [3, 4]), 'application/zip'],
  ['cu.doc', bytes([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), 'application/msword'],
  ['ghi chep.txt', bytes('Đã họp ngày 20/11'), 'text/plain'],
  ['anh.jpg', bytes('MZ', [0x90, 0, 3]), undefined],
  ['anh.png', bytes('<svg xmlns="http://www.w3.org/2000/svg">'), undefined],
  ['trang.txt', bytes('  <!doctype html><script>'), undefined],
  ['chay.txt', bytes('#!/bin/sh'), undefined],
  ['rong.txt', bytes(), undefined],
])('%s', (name, start, mediaType, isPicture = false) => {
  expect(tellMediaType(start, name)).toEqual(mediaType && { mediaType, isPicture })
})

it.each([
  ['image/jpeg', true],
  ['image/webp', true],
  ['image/heic', false],
  ['image/svg+xml', false],
  ['text/html', false],
  ['application/pdf', false],
])('shows %s inside a page: %s', (mediaType, shown) => {
  expect(isShownInline(mediaType)).toBe(shown)
})
