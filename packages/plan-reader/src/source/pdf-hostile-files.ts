import { deflateSync } from 'node:zlib'
import {
  type Body,
  encrypt,
  flipBits,
  honestText,
  joinBytes,
  latin,
  packed,
  pageOf,
  paper,
  repeat,
  stream,
  textContent,
} from './pdf-hostile-build.ts'

/**
 * Malformed and hostile PDFs for tests, each built in code and the same on every run: no file of anybody's is
 * kept. `readable` says that an honest text stands in it and must come out all the same.
 */
export interface HostileFile {
  name: string
  bytes: Uint8Array
  readable?: true
  /** Made to run for long: it is only tried in a thread that can be stopped. */
  endless?: true
}

function* listCut(): Generator<HostileFile> {
  const whole = paper()
  for (const share of [0.02, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.97]) {
    yield { name: `cut off at ${share}`, bytes: whole.slice(0, Math.floor(whole.length * share)) }
  }
  for (let seed = 1; seed <= 20; seed++) {
    yield { name: `bits flipped ${seed}`, bytes: flipBits(whole, seed, seed * 3) }
  }
  const long = paper({ 4: packed(repeat(`${textContent}\n`, 200)) })
  for (let seed = 1; seed <= 6; seed++) {
    yield { name: `bits flipped in a packed stream ${seed}`, bytes: flipBits(long, seed * 7, 6) }
  }
}

function* listHeads(): Generator<HostileFile> {
  yield { name: 'a header of another version', bytes: paper({}, { header: '%PDF-9.9\n' }), readable: true }
  yield { name: 'no header', bytes: paper({}, { header: '' }) }
  yield { name: 'a header of another format', bytes: paper({}, { header: 'GIF89a\n' }) }
  yield {
    name: 'noise before the header',
    bytes: joinBytes([latin(repeat('x', 700)), paper()]),
    readable: true,
  }
  yield { name: 'only a header', bytes: latin('%PDF-1.7\n') }
  yield { name: 'a header and an end', bytes: latin('%PDF-1.7\n%%EOF') }
  yield { name: 'zeros', bytes: new Uint8Array(5000) }
  yield { name: 'noise', bytes: flipBits(new Uint8Array(20_000), 99, 60_000) }
  yield {
    name: 'noise after a header',
    bytes: joinBytes([latin('%PDF-1.4\n'), flipBits(new Uint8Array(20_000), 5, 60_000)]),
  }
}

function* listCrossReferences(): Generator<HostileFile> {
  yield { name: 'no cross-reference table', bytes: paper({}, { xref: '' }), readable: true }
  yield {
    name: 'a table of wrong offsets',
    bytes: paper({}, { xref: `xref\n0 6\n${repeat('0000000007 00000 n \n', 6)}` }),
  }
  yield {
    name: 'a table that claims a milliard entries',
    bytes: paper({}, { xref: 'xref\n0 999999999\n0000000000 65535 f \n' }),
  }
  yield { name: 'a negative start', bytes: paper({}, { tail: 'startxref\n-5\n%%EOF' }), readable: true }
  yield {
    name: 'a start beyond the end',
    bytes: paper({}, { tail: 'startxref\n99999999999\n%%EOF' }),
    readable: true,
  }
  yield {
    name: 'a table that points back to itself',
    bytes: paper({}, { trailer: '<< /Size 6 /Root 1 0 R /Prev 9 >>' }),
    readable: true,
  }
  const loop = paper({}, { trailer: '<< /Size 6 /Root 1 0 R /Prev PREVIOUS >>' })
  const start = Buffer.from(loop).lastIndexOf('xref\n0 ')
  const looped = latin(Buffer.from(loop).toString('latin1').replace('PREVIOUS', String(start)))
  yield { name: 'tables in a circle', bytes: looped, readable: true }
  yield { name: 'no root', bytes: paper({}, { trailer: '<< /Size 6 >>' }) }
  yield { name: 'a root that is a number', bytes: paper({ 1: '42' }) }
  yield { name: 'a root that is itself', bytes: paper({ 1: '1 0 R' }) }
  yield {
    name: 'a cross-reference stream of absurd widths',
    bytes: latin(
      `%PDF-1.7\n1 0 obj\n<< /Type /XRef /Size 10 /W [99999999 99999999 99999999] /Root 1 0 R /Length 5 >>\nstream\nabcde\nendstream\nendobj\nstartxref\n9\n%%EOF`,
    ),
  }
}

function* listPageTrees(): Generator<HostileFile> {
  yield { name: 'a page tree in a circle', bytes: paper({ 2: '<< /Type /Pages /Kids [2 0 R] /Count 5 >>' }) }
  yield {
    name: 'a page tree in a longer circle',
    bytes: paper({
      2: '<< /Type /Pages /Kids [6 0 R] /Count 1 >>',
      6: '<< /Type /Pages /Kids [7 0 R] /Count 1 >>',
      7: '<< /Type /Pages /Kids [2 0 R] /Count 1 >>',
    }),
  }
  yield {
    name: 'a count of two milliards',
    bytes: paper({ 2: '<< /Type /Pages /Kids [3 0 R] /Count 2000000000 >>' }),
  }
  yield { name: 'a negative count', bytes: paper({ 2: '<< /Type /Pages /Kids [3 0 R] /Count -3 >>' }) }
  yield {
    name: 'a count that is a word',
    bytes: paper({ 2: '<< /Type /Pages /Kids [3 0 R] /Count /Many >>' }),
  }
  yield { name: 'no kids', bytes: paper({ 2: '<< /Type /Pages /Count 1 >>' }) }
  yield { name: 'kids that are not there', bytes: paper({ 2: '<< /Type /Pages /Kids [77 0 R] /Count 1 >>' }) }
  yield {
    name: 'one page ten thousand times',
    bytes: paper({ 2: `<< /Type /Pages /Kids [${repeat('3 0 R ', 10_000)}] /Count 10000 >>` }),
  }
  const deep = Object.fromEntries(
    Array.from({ length: 3000 }, (_, at): [number, string] => [
      at + 10,
      `<< /Type /Pages /Kids [${at === 2999 ? 3 : at + 11} 0 R] /Count 1 >>`,
    ]),
  )
  yield {
    name: 'a page tree three thousand deep',
    bytes: paper({ 2: '<< /Type /Pages /Kids [10 0 R] /Count 1 >>', ...deep }),
  }
}

function* listPages(): Generator<HostileFile> {
  const box = (value: string): Uint8Array => paper({ 3: pageOf().replace('[0 0 595 842]', value) })
  yield { name: 'a page of a milliard points', bytes: box('[0 0 1000000000 1000000000]') }
  yield { name: 'a page of no size', bytes: box('[0 0 0 0]') }
  yield { name: 'a page turned inside out', bytes: box('[595 842 0 0]') }
  yield { name: 'a page of infinite size', bytes: box('[0 0 1e400 1e400]') }
  yield { name: 'a page whose size is words', bytes: box('[/a /b /c /d]') }
  yield { name: 'a page as thin as a hair', bytes: box('[0 0 0.0001 99999]') }
  yield { name: 'a page turned by 45 degrees', bytes: paper({ 3: pageOf('/Rotate 45') }), readable: true }
  yield { name: 'a page turned a milliard times', bytes: paper({ 3: pageOf('/Rotate 3600000000') }) }
  yield { name: 'a unit of a million points', bytes: paper({ 3: pageOf('/UserUnit 1000000') }) }
  yield { name: 'content that is not there', bytes: paper({ 3: pageOf().replace('4 0 R', '99 0 R') }) }
  yield { name: 'content that is the page', bytes: paper({ 3: pageOf().replace('4 0 R', '3 0 R') }) }
  yield { name: 'no fonts', bytes: paper({ 3: pageOf().replace('5 0 R', '98 0 R') }) }
  yield {
    name: 'a font that is its own descendant',
    bytes: paper({
      5: '<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [5 0 R] >>',
    }),
  }
  yield {
    name: 'a font whose program is noise',
    bytes: paper({
      5: '<< /Type /Font /Subtype /TrueType /BaseFont /X /FontDescriptor 6 0 R >>',
      6: '<< /Type /FontDescriptor /FontName /X /Flags 32 /FontFile2 7 0 R >>',
      7: stream(flipBits(new Uint8Array(4000), 3, 9000)),
    }),
  }
  yield {
    name: 'a font that draws itself',
    bytes: paper({
      5: '<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 75 /LastChar 75 /Widths [1000] /Encoding << /Differences [75 /k] >> /CharProcs << /k 6 0 R >> /Resources << /Font << /F1 5 0 R >> >> >>',
      6: stream('1000 0 d0 BT /F1 1 Tf (K) Tj ET'),
    }),
  }
  yield {
    name: 'a map to letters without end',
    bytes: paper({
      5: '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>',
      6: stream(
        'begincmap 1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfrange <00> <FFFFFFFF> <0041> endbfrange endcmap',
      ),
    }),
  }
}

function* listContents(): Generator<HostileFile> {
  const content = (data: Body): Uint8Array => paper({ 4: packed(data) })
  yield { name: 'a million operators', bytes: content(repeat('q Q ', 500_000)) }
  yield { endless: true, name: 'a million strokes', bytes: content(repeat('0 0 m 9 9 l S ', 330_000)) }
  yield {
    endless: true,
    name: 'a million letters',
    bytes: content(`BT /F1 1 Tf ${repeat('(a) Tj 1 0 Td ', 300_000)} ET`),
  }
  yield { endless: true, name: 'graphics states without end', bytes: content(repeat('q ', 400_000)) }
  yield { name: 'arrays in arrays', bytes: content(`${repeat('[', 100_000)} Tj`) }
  yield {
    name: 'dictionaries in dictionaries',
    bytes: paper({ 6: `${repeat('<< /a ', 50_000)}1${repeat('>>', 50_000)}`, 3: pageOf('/Annots 6 0 R') }),
  }
  yield {
    endless: true,
    name: 'one word of ten million letters',
    bytes: content(`BT /F1 10 Tf (${repeat('a', 10_000_000)}) Tj ET`),
  }
  yield { name: 'a string without end', bytes: content('BT /F1 10 Tf (never closed') }
  yield { name: 'an inline picture without end', bytes: content('BI /W 10 /H 10 /BPC 8 /CS /G ID abc') }
  yield { name: 'text of absurd size', bytes: content(`BT /F1 1e30 Tf 0 0 Td (${honestText}) Tj ET`) }
  yield {
    name: 'text by a matrix of nothing',
    bytes: content(`BT /F1 14 Tf 0 0 0 0 0 0 Tm (${honestText}) Tj ET`),
  }
  yield {
    name: 'numbers that are none',
    bytes: content(`BT /F1 NaN Tf --5 ++3 Td (${honestText}) Tj 1e999 TL T* ET`),
  }
  const form = (resources: string): string =>
    `/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << ${resources} >> >>`
  yield {
    name: 'a form that draws itself',
    bytes: paper({
      3: pageOf().replace('/Font', '/XObject << /X 6 0 R >> /Font'),
      4: stream('/X Do'),
      6: stream('/X Do', form('/X 6 0 R')),
    }),
  }
  yield {
    name: 'two forms that draw each other',
    bytes: paper({
      3: pageOf().replace('/Font', '/XObject << /X 6 0 R >> /Font'),
      4: stream('/X Do'),
      6: stream('/Y Do /Y Do', form('/Y 7 0 R')),
      7: stream('/X Do /X Do', form('/X 6 0 R')),
    }),
  }
  const fan = Object.fromEntries(
    Array.from({ length: 12 }, (_, at): [number, Body] => [
      at + 6,
      stream(at === 11 ? '0 0 m 5 5 l S' : repeat('/X Do ', 8), form(`/X ${at + 7} 0 R`)),
    ]),
  )
  yield {
    endless: true,
    name: 'forms that draw forms eightfold, twelve deep',
    bytes: paper({
      3: pageOf().replace('/Font', '/XObject << /X 6 0 R >> /Font'),
      4: stream(`${textContent} /X Do`),
      ...fan,
    }),
  }
  yield {
    name: 'a pattern painted with itself',
    bytes: paper({
      3: pageOf().replace('/Font', '/Pattern << /P 6 0 R >> /Font'),
      4: stream('/Pattern cs /P scn 0 0 500 500 re f'),
      6: stream(
        '/Pattern cs /P scn 0 0 5 5 re f',
        '/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 5 5] /XStep 0.001 /YStep 0.001 /Resources << /Pattern << /P 6 0 R >> >>',
      ),
    }),
  }
}

function* listStreams(): Generator<HostileFile> {
  const zeros = deflateSync(new Uint8Array(60_000_000))
  yield {
    name: 'a stream that inflates to 60 MB',
    bytes: paper({ 4: stream(zeros, '/Filter /FlateDecode') }),
  }
  yield {
    name: 'a stream packed twice over',
    bytes: paper({ 4: stream(deflateSync(zeros), '/Filter [/FlateDecode /FlateDecode]') }),
  }
  yield {
    name: 'a stream of forty filters',
    bytes: paper({ 4: stream(latin(textContent), `/Filter [${repeat('/ASCIIHexDecode ', 40)}]`) }),
  }
  yield { name: 'an unknown filter', bytes: paper({ 4: stream(textContent, '/Filter /Magic') }) }
  yield {
    name: 'a stream whose length is wrong',
    bytes: paper({ 4: `<< /Length 99999999 >>\nstream\n${textContent}\nendstream` }),
    readable: true,
  }
  yield {
    name: 'a stream whose length is itself',
    bytes: paper({ 4: `<< /Length 4 0 R >>\nstream\n${textContent}\nendstream` }),
  }
  yield {
    name: 'a predictor of a milliard columns',
    bytes: paper({ 4: packed(textContent, '/DecodeParms << /Predictor 12 /Columns 1000000000 >>') }),
  }
  const inside = `6 0 ${honestText}`
  yield {
    name: 'an object stream that claims a milliard objects',
    bytes: paper({ 6: packed(inside, '/Type /ObjStm /N 1000000000 /First 4') }),
    readable: true,
  }
  yield {
    name: 'an object stream inside itself',
    bytes: paper({ 6: packed('6 0 << >>', '/Type /ObjStm /N 1 /First 4 /Extends 6 0 R') }),
    readable: true,
  }
  const picture = (dictionary: string, data: Body): Uint8Array =>
    paper({
      3: pageOf().replace('/Font', '/XObject << /I 6 0 R >> /Font'),
      4: stream('500 0 0 500 0 0 cm /I Do'),
      6: packed(data, `/Type /XObject /Subtype /Image ${dictionary}`),
    })
  yield {
    name: 'a picture of ten milliard pixels',
    bytes: picture('/Width 100000 /Height 100000 /BitsPerComponent 8 /ColorSpace /DeviceRGB', 'abc'),
  }
  yield {
    name: 'a picture of negative size',
    bytes: picture('/Width -5 /Height -5 /BitsPerComponent 8 /ColorSpace /DeviceGray', 'abc'),
  }
  yield {
    name: 'a picture masked by itself',
    bytes: picture(
      '/Width 4 /Height 4 /BitsPerComponent 8 /ColorSpace /DeviceGray /SMask 6 0 R',
      repeat('a', 16),
    ),
  }
  yield {
    name: 'a picture that says it is a JPEG',
    bytes: paper({
      3: pageOf().replace('/Font', '/XObject << /I 6 0 R >> /Font'),
      4: stream('500 0 0 500 0 0 cm /I Do'),
      6: stream(
        'not a jpeg',
        '/Type /XObject /Subtype /Image /Width 9 /Height 9 /BitsPerComponent 8 /ColorSpace /DeviceRGB /Filter /DCTDecode',
      ),
    }),
  }
  yield {
    name: 'a picture that says it is JBIG2',
    bytes: paper({
      3: pageOf().replace('/Font', '/XObject << /I 6 0 R >> /Font'),
      4: stream('500 0 0 500 0 0 cm /I Do'),
      6: stream(
        flipBits(new Uint8Array(900), 8, 3000),
        '/Type /XObject /Subtype /Image /Width 900 /Height 900 /BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /JBIG2Decode',
      ),
    }),
  }
  yield {
    name: 'a picture that says it is JPEG 2000',
    bytes: paper({
      3: pageOf().replace('/Font', '/XObject << /I 6 0 R >> /Font'),
      4: stream('500 0 0 500 0 0 cm /I Do'),
      6: stream(
        flipBits(new Uint8Array(900), 9, 3000),
        '/Type /XObject /Subtype /Image /Width 900 /Height 900 /Filter /JPXDecode',
      ),
    }),
  }
}

function* listActions(): Generator<HostileFile> {
  yield {
    name: 'a script that runs on opening',
    bytes: paper({
      1: '<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (process.exit\\(1\\); app.alert\\(1\\);) >> >>',
    }),
    readable: true,
  }
  yield {
    name: 'scripts by name',
    bytes: paper({
      1: '<< /Type /Catalog /Pages 2 0 R /Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (while\\(true\\){}) >>] >> >> >>',
    }),
    readable: true,
  }
  yield {
    name: 'an action that starts a program',
    bytes: paper({ 1: '<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /Launch /F (/bin/sh) >> >>' }),
    readable: true,
  }
  yield {
    name: 'an action that opens an address',
    bytes: paper({
      1: '<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /URI /URI (http://127.0.0.1:9/x) >> >>',
    }),
    readable: true,
  }
  yield {
    name: 'a file inside',
    bytes: paper({
      1: '<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names [(x.exe) << /Type /Filespec /F (x.exe) /EF << /F 6 0 R >> >>] >> >> >>',
      6: packed(repeat('MZ', 9000), '/Type /EmbeddedFile'),
    }),
    readable: true,
  }
  yield {
    name: 'content in another file',
    bytes: paper({ 4: '<< /Length 0 /F (/etc/passwd) >>\nstream\n\nendstream' }),
  }
  yield {
    name: 'a form in XFA',
    bytes: paper({
      1: '<< /Type /Catalog /Pages 2 0 R /AcroForm << /XFA 6 0 R /Fields [] >> >>',
      6: stream('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xdp>&a;</xdp>'),
    }),
    readable: true,
  }
  yield {
    name: 'an outline in a circle',
    bytes: paper({
      1: '<< /Type /Catalog /Pages 2 0 R /Outlines 6 0 R >>',
      6: '<< /First 6 0 R /Next 6 0 R /Last 6 0 R >>',
    }),
    readable: true,
  }
  yield {
    endless: true,
    name: 'a hundred thousand notes on a page',
    bytes: paper({
      3: pageOf(`/Annots [${repeat('6 0 R ', 100_000)}]`),
      6: '<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents (x) >>',
    }),
  }
  yield {
    name: 'a seal that seals itself',
    bytes: paper({
      3: pageOf('/Annots [6 0 R]'),
      6: '<< /Type /Annot /Subtype /Widget /FT /Sig /Parent 6 0 R /Rect [0 0 9 9] /T (a) >>',
    }),
    readable: true,
  }
}

function* listLocked(): Generator<HostileFile> {
  yield { name: 'locked with an empty password', bytes: encrypt(''), readable: true }
  yield { name: 'locked with a password', bytes: encrypt('mat khau') }
  yield {
    name: 'locked in a way that does not exist',
    bytes: paper(
      { 6: '<< /Filter /Nobody /V 99 /R 99 >>' },
      { trailer: '<< /Size 7 /Root 1 0 R /Encrypt 6 0 R >>' },
    ),
  }
  yield {
    name: 'locked by a dictionary that is not there',
    bytes: paper({}, { trailer: '<< /Size 7 /Root 1 0 R /Encrypt 66 0 R >>' }),
  }
}

/** All of them, and an honest one first. */
export function* listHostilePdfs(): Generator<HostileFile> {
  yield { name: 'an honest paper', bytes: paper(), readable: true }
  yield* listCut()
  yield* listHeads()
  yield* listCrossReferences()
  yield* listPageTrees()
  yield* listPages()
  yield* listContents()
  yield* listStreams()
  yield* listActions()
  yield* listLocked()
}
