import { describe, expect, test } from 'vitest'
import { makeDocx, p, zipDocx } from './docx-fixture.ts'
import { defaultLimits } from './limits.ts'
import { readSource, readText } from './read-source.ts'
import { sourceOf } from './shown-source.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)
const latinOf = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0))
const plan = 'KẾ HOẠCH\nTổ chức lễ phát động năm 2026'

describe('a file is recognised by what is in it', () => {
  test.each([
    ['docx', makeDocx({ body: p('Kế hoạch') }), 'ke-hoach.doc'],
    ['rtf', latinOf('{\\rtf1 Ke hoach}'), 'ke-hoach.doc'],
    ['html', bytesOf('\ufeff<!DOCTYPE html><p>Kế hoạch'), 'ke-hoach.doc'],
    ['html', bytesOf('<?xml version="1.0"?><!-- x --><html><p>Kế hoạch</html>'), 'trang'],
    ['html', bytesOf('MIME-Version: 1.0\nContent-Type: text/html\n\n<p>Kế hoạch'), 'trang.mht'],
    ['html', bytesOf('Kế hoạch<br>năm <b>2026</b>'), 'ke-hoach.doc'],
    ['markdown', bytesOf('# Kế hoạch'), 'ke-hoach.MD'],
    ['markdown', bytesOf('<table><tr><td>ĐẢNG ỦY</td></tr></table>\n\n**KẾ HOẠCH**'), 'quet.md'],
    ['text', bytesOf('<table><tr><td>ĐẢNG ỦY</td></tr></table>\n\n**KẾ HOẠCH**'), 'quet.txt'],
    ['text', bytesOf('Kế hoạch < 5 ngày'), 'ke-hoach.docx'],
    ['text', bytesOf('Kế hoạch'), ''],
  ])('as %s', async (format, bytes, name) => {
    expect(sourceOf(await readSource(bytes, name)).format).toBe(format)
  })

  test.each([
    ['empty', new Uint8Array()],
    ['empty', bytesOf(' \n ')],
    ['no-text', bytesOf('--- ***')],
    ['picture', latinOf('\u00ff\u00d8\u00ff\u00e0JFIF')],
    ['picture', latinOf('\u0089PNG\r\n\u001a\n')],
    ['archive', latinOf('Rar!\u001a\u0007\u0001')],
    ['archive', zipDocx({ 'a.txt': 'x' })],
    ['old-word', latinOf('\u00db\u00a5-\u0000')],
    [
      'unknown-format',
      bytesOf('<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>'),
    ],
    ['unknown-format', Uint8Array.from({ length: 4000 }, (_, index) => (index * 37 + (index >> 3)) % 256)],
    ['damaged', latinOf('\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1')],
  ])('and refused as %s', async (reason, bytes) => {
    expect(await readSource(bytes, 'ke-hoach.docx')).toMatchObject({ ok: false, reason })
  })

  test('and refused unread when it is too large', async () => {
    const limits = { ...defaultLimits, fileBytes: 10 }
    expect(await readSource(bytesOf(plan), 'a.txt', { limits })).toEqual({
      ok: false,
      reason: 'too-large',
      limit: 10,
    })
  })
})

describe('plain text is decoded', () => {
  const wide = (text: string, isBig: boolean) => {
    const bytes = new Uint8Array(text.length * 2)
    const view = new DataView(bytes.buffer)
    for (let at = 0; at < text.length; at++) view.setUint16(at * 2, text.charCodeAt(at), !isBig)
    return bytes
  }

  test.each([
    ['UTF-8', bytesOf(plan)],
    ['UTF-8 with its mark', bytesOf(`\ufeff${plan}`)],
    ['UTF-8 that lost a letter at its end', bytesOf(`${plan.repeat(9)}\n${plan}`).subarray(0, -1)],
    ['UTF-16 with its mark', wide(`\ufeff${plan}`, false)],
    ['UTF-16 without it', wide(plan, false)],
    ['UTF-16, big end first', wide(plan, true)],
    ['decomposed letters', bytesOf(plan.normalize('NFD'))],
    ['lines of Windows', bytesOf(plan.replace('\n', '\r\n'))],
  ])('from %s', async (_, bytes) => {
    expect(sourceOf(await readSource(bytes, 'a.txt')).text).toContain('KẾ HOẠCH\nTổ chức lễ phát động năm')
  })

  test('from Windows-1258', async () => {
    const bytes = latinOf('T\u00f4\u00d2 ch\u00fd\u00ecc l\u00ea\u00de pha\u00ect \u00f0\u00f4\u00f2ng')
    expect(sourceOf(await readSource(bytes, 'a.txt')).text).toBe('Tổ chức lễ phát động')
  })

  test('from TCVN3 and from VNI, and says so', async () => {
    const tcvn3 = sourceOf(await readSource(latinOf('Tæ chøc lÔ ph¸t ®éng, häc tËp nghÞ quyÕt'), 'a.txt'))
    expect(tcvn3).toMatchObject({
      text: 'Tổ chức lễ phát động, học tập nghị quyết',
      notes: [{ kind: 'tcvn3-converted' }],
    })
    const vni = sourceOf(
      await readSource(latinOf('Toå chöùc leã phaùt ñoäng, hoïc taäp nghò quyeát'), 'a.txt'),
    )
    expect(vni).toMatchObject({
      text: 'Tổ chức lễ phát động, học tập nghị quyết',
      notes: [{ kind: 'vni-converted' }],
    })
  })

  test('line by line where only some lines are legacy', async () => {
    const text = 'Kế hoạch của xã\nTæ chøc lÔ ph¸t ®éng, häc tËp nghÞ quyÕt\nĐã thống nhất với các bên'
    expect(sourceOf(await readText(text, 'text')).text).toBe(text)
    expect(sourceOf(await readSource(bytesOf(text), 'a.txt')).text).toBe(
      'Kế hoạch của xã\nTổ chức lễ phát động, học tập nghị quyết\nĐã thống nhất với các bên',
    )
  })

  test('or refused where its letters are of no known encoding', async () => {
    const viscii = 'QuÀc h¥i nß¾c Cµng hòa xã hµi chü nghîa Vi®t Nam, ngß¶i dân t± chÑc l­ phát ðµng'
    expect(await readSource(latinOf(viscii), 'a.txt')).toMatchObject({ ok: false, reason: 'unknown-letters' })
  })
})
