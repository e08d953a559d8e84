import { makeDocx, p, zipDocx } from './docx-fixture.ts'
import type { HostileFile } from './hostile-changes.ts'

function patchDirectory(bytes: Uint8Array, patch: (view: DataView, at: number) => void): Uint8Array {
  const patched = bytes.slice()
  const view = new DataView(patched.buffer)
  for (let at = 0; at + 46 < patched.length; at++)
    if (view.getUint32(at, true) === 0x02014b50) patch(view, at)
  return patched
}

/** Zips whose directory lies, or that were built to exhaust who inflates them. */
export function forgedZips(bytes: Uint8Array): HostileFile[] {
  const body = (part: string | Uint8Array) => () =>
    makeDocx({ body: '', more: { 'word/document.xml': part } })
  const end = (offset: number, value: number) => () => {
    const forged = bytes.slice()
    new DataView(forged.buffer).setUint16(forged.length - 22 + offset, value, true)
    return forged
  }
  const patch = (offset: number, value: number) => () =>
    patchDirectory(bytes, (view, at) => view.setUint32(at + offset, value, true))
  return [
    { name: 'bomb of zeros', make: body(new Uint8Array(30_000_000)), refused: 'too-much-inside' },
    { name: 'bomb under the size bound', make: body(new Uint8Array(23_000_000)), refused: 'unsafe' },
    {
      name: 'bomb in many parts',
      make: () => {
        const headers = Object.fromEntries(
          Array.from({ length: 12 }, (_, index) => [
            `h${index}`,
            p('Kế hoạch số 5 '.repeat(100_000 + index)),
          ]),
        )
        const references = Object.keys(headers).map((id) => `<w:headerReference r:id="${id}"/>`)
        return makeDocx({ body: `${p('x')}<w:sectPr>${references.join('')}</w:sectPr>`, headers })
      },
    },
    { name: 'zip in a zip', make: body(bytes), refused: 'damaged' },
    { name: 'sizes said to be small', make: patch(24, 20), refused: 'unsafe' },
    { name: 'sizes said to be four gigabytes', make: patch(24, 0xfffffff0), refused: 'too-much-inside' },
    { name: 'packed sizes beyond the file', make: patch(20, 0x7fffffff), refused: 'damaged' },
    { name: 'parts that start beyond the file', make: patch(42, 0x7fffffff), refused: 'damaged' },
    { name: 'parts that all start at the same place', make: patch(42, 0) },
    { name: 'wrong check sums', make: patch(16, 1), refused: 'damaged' },
    {
      name: 'unknown packing',
      make: () => patchDirectory(bytes, (view, at) => view.setUint16(at + 10, 12, true)),
      refused: 'damaged',
    },
    {
      name: 'locked by a zip password',
      make: () => patchDirectory(bytes, (view, at) => view.setUint16(at + 8, 1, true)),
      refused: 'encrypted',
    },
    { name: 'sixty thousand parts claimed', make: end(10, 60_000), refused: 'too-much-inside' },
    { name: 'more parts claimed than there are', make: end(10, 100), refused: 'damaged' },
    { name: 'no parts claimed', make: end(10, 0) },
    { name: 'directory beyond the file', make: end(18, 0x7fff), refused: 'damaged' },
    { name: 'end of a zip alone', make: () => bytes.slice(-22), refused: 'damaged' },
    {
      name: 'a comment that looks like an end',
      make: () => Uint8Array.from([...bytes, ...bytes.slice(-22)]),
    },
    {
      name: 'names that climb out',
      make: () =>
        zipDocx({ '../../../etc/passwd': 'x', '/etc/shadow': 'x', 'ảnh\\..\\..\\a': 'x', 'a\u0000b': 'x' }),
      refused: 'archive',
    },
    {
      name: 'relations that climb out',
      make: () =>
        zipDocx({
          '_rels/.rels':
            '<Relationships><Relationship Id="a" Type="x/officeDocument" Target="../../../../etc/passwd"/></Relationships>',
          'etc/passwd': '<x/>',
        }),
      refused: 'archive',
    },
    {
      name: 'a header that is the document itself',
      make: () =>
        makeDocx({
          body: `${p('x')}<w:sectPr><w:headerReference r:id="me"/></w:sectPr>`,
          more: {
            'word/_rels/document.xml.rels':
              '<Relationships><Relationship Id="me" Type="x/header" Target="document.xml"/><Relationship Id="s" Type="x/styles" Target="document.xml"/><Relationship Id="n" Type="x/numbering" Target="document.xml"/></Relationships>',
          },
        }),
    },
    {
      name: 'a wrong content type',
      make: () =>
        makeDocx({
          body: p('x'),
          more: {
            '[Content_Types].xml':
              '<Types><Override PartName="/word/document.xml" ContentType="application/vnd.ms-excel"/></Types>',
          },
        }),
      refused: 'damaged',
    },
    { name: 'a document that is not XML', make: body('Kế hoạch'), refused: 'damaged' },
    { name: 'a document of zeros', make: body('\u0000'.repeat(1000)), refused: 'damaged' },
    {
      name: 'a document in broken UTF-8',
      make: body(Uint8Array.from([0x3c, 0xff, 0xfe, 0x3e])),
      refused: 'damaged',
    },
    {
      name: 'macros and nothing else',
      make: () => zipDocx({ 'word/vbaProject.bin': 'x' }),
      refused: 'macros-only',
    },
  ]
}
