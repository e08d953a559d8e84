import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { type DocxFixture, list, makeDocx, num, p, tbl, use } from './docx-fixture.ts'
import { cutOff, flipBits, type HostileFile, shuffle } from './hostile-changes.ts'
import { forgedZips } from './hostile-zip-files.ts'

const fixture: DocxFixture = {
  styles:
    '<w:style w:type="paragraph" w:styleId="M"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>',
  numbering:
    list(1, [
      ['upperRoman', '%1.'],
      ['decimal', '%1.%2.'],
    ]) + use(1, 1),
  headers: { h1: p('Kế hoạch') },
  footnotes: `<w:footnote w:id="1">${p('Ghi chú')}</w:footnote>`,
  body:
    p('KẾ HOẠCH', '<w:jc w:val="center"/>') +
    p('Mục đích', '<w:pStyle w:val="M"/>') +
    p('Yêu cầu', num(1, 1)) +
    tbl([
      ['TT', 'Việc', 'Chủ trì'],
      ['1', '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p/>'],
      ['<w:tcPr><w:vMerge/></w:tcPr><w:p/>', 'b', 'c'],
    ]) +
    '<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText><w:fldChar w:fldCharType="separate"/><w:t>1</w:t><w:fldChar w:fldCharType="end"/></w:r></w:p>' +
    '<w:p><w:r><mc:AlternateContent><mc:Choice><wps:txbx><w:txbxContent><w:p><w:r><w:t>Dự thảo</w:t></w:r></w:p></w:txbxContent></wps:txbx></mc:Choice><mc:Fallback><w:p/></mc:Fallback></mc:AlternateContent></w:r></w:p>' +
    '<w:sectPr><w:headerReference w:type="default" r:id="h1"/></w:sectPr>',
}

const text = '<w:r><w:t>x</w:t></w:r>'
const word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
const many = (piece: string, count: number) => piece.repeat(count)
const nested = (open: string, close: string, count: number, inner = '') =>
  many(open, count) + inner + many(close, count)

/** Word documents that were cut, hurt, forged or built to exhaust. */
export function makeHostileDocx(): HostileFile[] {
  const bytes = makeDocx(fixture)
  return [
    ...cutOff('docx', bytes, 24).map((file) => ({ ...file, refused: 'damaged' })),
    ...flipBits('docx', bytes, 24),
    ...shuffledParts(bytes),
    ...forgedZips(bytes),
    ...hostileXml(),
    ...hostileTables(),
    ...hostileLists(),
  ]
}

function shuffledParts(bytes: Uint8Array): HostileFile[] {
  const parts = unzipSync(bytes)
  const names = Object.keys(parts)
  return Array.from({ length: 30 }, (_, index) => {
    const name = names[index % names.length] ?? ''
    return {
      name: `docx, ${name} shuffled (${index})`,
      make: () =>
        zipSync({
          ...parts,
          [name]: strToU8(shuffle(strFromU8(parts[name] ?? new Uint8Array()), index, /(?=<)/)),
        }),
    }
  })
}

/** Changes every record of a zip's directory, or only those of one kind. */
function hostileXml(): HostileFile[] {
  const document = (inner: string) => () =>
    makeDocx({
      isStored: true,
      body: '',
      more: { 'word/document.xml': `<w:document ${word}><w:body>${inner}</w:body></w:document>` },
    })
  const whole = (xml: string) => () =>
    makeDocx({ isStored: true, body: '', more: { 'word/document.xml': xml } })
  const laughs = Array.from(
    { length: 12 },
    (_, index) => `<!ENTITY l${index + 1} "${many(`&l${index};`, 10)}">`,
  ).join('')
  return [
    {
      name: 'a billion laughs',
      make: whole(`<!DOCTYPE a [<!ENTITY l0 "ha">${laughs}]><w:document ${word}>&l12;</w:document>`),
      refused: 'unsafe',
    },
    {
      name: 'an outside entity',
      make: whole('<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>'),
      refused: 'unsafe',
    },
    {
      name: 'an outside document type',
      make: whole('<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd"><a/>'),
      refused: 'unsafe',
    },
    {
      name: 'a parameter entity',
      make: whole('<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x">%p;]><a/>'),
      refused: 'unsafe',
    },
    {
      name: 'an entity of no one’s',
      make: document('<w:p><w:r><w:t>&khong;</w:t></w:r></w:p>'),
      refused: 'damaged',
    },
    {
      name: 'a hundred thousand levels',
      make: document(nested('<w:p>', '</w:p>', 100_000)),
      refused: 'too-much-inside',
    },
    {
      name: 'a hundred thousand unknown levels',
      make: document(nested('<a>', '</a>', 100_000)),
      refused: 'too-much-inside',
    },
    {
      name: 'a hundred thousand levels of what is skipped',
      make: document(nested('<w:del>', '</w:del>', 100_000)),
      refused: 'too-much-inside',
    },
    {
      name: 'text boxes in text boxes',
      make: document(
        nested('<w:p><w:r><w:txbxContent>', '</w:txbxContent></w:r></w:p>', 120, `<w:p>${text}</w:p>`),
      ),
    },
    {
      name: 'controls in controls',
      make: document(nested('<w:sdt><w:sdtContent>', '</w:sdtContent></w:sdt>', 150, `<w:p>${text}</w:p>`)),
    },
    {
      name: 'alternatives in alternatives',
      make: document(
        nested(
          '<mc:AlternateContent><mc:Choice>',
          '</mc:Choice></mc:AlternateContent>',
          150,
          `<w:p>${text}</w:p>`,
        ),
      ),
    },
    {
      name: 'a hundred thousand attributes',
      make: document(
        `<w:p ${Array.from({ length: 100_000 }, (_, index) => `a${index}="1"`).join(' ')}>${text}</w:p>`,
      ),
    },
    {
      name: 'an attribute of ten million letters',
      make: document(`<w:p w:rsid="${many('0123456789', 1_000_000)}">${text}</w:p>`),
    },
    { name: 'a name of a million letters', make: document(`<w:p>${text}</w:p><${many('a', 1_000_000)}/>`) },
    {
      name: 'a million names',
      make: document(Array.from({ length: 300_000 }, (_, index) => `<x${index}/>`).join('')),
      refused: 'no-text',
    },
    {
      name: 'text of fifteen million letters',
      make: document(`<w:p><w:r><w:t>${many('kế hoạch số 5 ', 1_000_000)}</w:t></w:r></w:p>`),
    },
    {
      name: 'two hundred thousand paragraphs',
      make: document(many(`<w:p>${text}</w:p>`, 200_000)),
      refused: 'too-much-inside',
    },
    {
      name: 'three hundred thousand line breaks',
      make: document(`<w:p>${many('<w:r><w:t>x</w:t><w:br/></w:r>', 300_000)}</w:p>`),
      refused: 'too-much-inside',
    },
    {
      name: 'a paragraph of two hundred thousand runs',
      make: document(
        `<w:p>${many('<w:r><w:rPr><w:b/></w:rPr><w:t>a</w:t></w:r><w:r><w:t>b</w:t></w:r>', 100_000)}</w:p>`,
      ),
    },
    {
      name: 'fields that begin and never end',
      make: document(many('<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:t>x</w:t></w:r></w:p>', 20_000)),
    },
    {
      name: 'fields that end and never begin',
      make: document(
        `<w:p>${many('<w:r><w:fldChar w:fldCharType="end"/><w:fldChar w:fldCharType="separate"/></w:r>', 1000)}${text}</w:p>`,
      ),
    },
    {
      name: 'deleted ends of paragraphs, all of them',
      make: document(many(`<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>${text}</w:p>`, 20_000)),
    },
    {
      name: 'letters apart without end',
      make: document(`<w:p><w:r><w:t>a${many('\u0301\u0323', 300_000)}</w:t></w:r></w:p>`),
    },
    {
      name: 'letters apart in a hundred thousand runs',
      make: document(
        `<w:p>${text}${many('<w:r><w:rPr><w:b/></w:rPr><w:t>\u0301</w:t></w:r><w:r><w:t>\u0323</w:t></w:r>', 50_000)}</w:p>`,
      ),
    },
    {
      name: 'legacy letters without end',
      make: document(many('<w:p><w:r><w:t>Tæ chøc ®¹i héi chi bé</w:t></w:r></w:p>', 30_000)),
    },
    {
      name: 'elements out of their places',
      make: document(
        '<w:tc/><w:tr/><w:r><w:t>x</w:t></w:r><w:pPr><w:p/></w:pPr><w:txbxContent/><w:sdtContent/><mc:Fallback/><w:tbl><w:p/><w:tc><w:tc/></w:tc></w:tbl><w:rPr/><w:footnote/>',
      ),
    },
    { name: 'a document without a body', make: whole(`<w:document ${word}/>`), refused: 'no-text' },
    {
      name: 'a document in UTF-16',
      make: () =>
        makeDocx({
          isStored: true,
          body: '',
          more: {
            'word/document.xml': Uint8Array.from(
              `\ufeff<w:document ${word}><w:p><w:r><w:t>Kế</w:t></w:r></w:p></w:document>`
                .split('')
                .flatMap((letter) => [letter.charCodeAt(0) & 0xff, letter.charCodeAt(0) >> 8]),
            ),
          },
        }),
    },
    {
      name: 'a comment of ten million letters',
      make: document(`<!--${many('abcdefghij', 1_000_000)}--><w:p>${text}</w:p>`),
    },
    {
      name: 'a style sheet that goes in circles',
      make: () =>
        makeDocx({
          isStored: true,
          body: p('x', '<w:pStyle w:val="s0"/>'),
          styles: Array.from(
            { length: 3000 },
            (_, index) =>
              `<w:style w:type="paragraph" w:styleId="s${index}"><w:basedOn w:val="s${(index + 1) % 3000}"/></w:style>`,
          ).join(''),
        }),
    },
    {
      name: 'twenty thousand styles in use',
      make: () =>
        makeDocx({
          isStored: true,
          body: Array.from({ length: 20_000 }, (_, index) => p('x', `<w:pStyle w:val="s${index}"/>`)).join(
            '',
          ),
          styles: Array.from(
            { length: 20_000 },
            (_, index) =>
              `<w:style w:type="paragraph" w:styleId="s${index}"><w:basedOn w:val="s${Math.max(index - 1, 0)}"/></w:style>`,
          ).join(''),
        }),
    },
    {
      name: 'styles called __proto__',
      make: () =>
        makeDocx({
          isStored: true,
          body: p(
            'x',
            '<w:pStyle w:val="__proto__"/><w:jc w:val="constructor"/>',
            '<w:rStyle w:val="toString"/>',
          ),
          styles:
            '<w:style w:type="paragraph" w:styleId="__proto__"><w:basedOn w:val="constructor"/></w:style>',
        }),
    },
  ]
}

function hostileTables(): HostileFile[] {
  const body = (inner: string) => () => makeDocx({ isStored: true, body: inner })
  const cell = (properties: string) => `<w:tc><w:tcPr>${properties}</w:tcPr><w:p>${text}</w:p></w:tc>`
  const row = (cells: string) => `<w:tr>${cells}</w:tr>`
  const table = (rows: string, grid = '') => `<w:tbl><w:tblGrid>${grid}</w:tblGrid>${rows}</w:tbl>`
  return [
    {
      name: 'a cell over two thousand million columns',
      make: body(table(row(cell('<w:gridSpan w:val="2000000000"/>')) + row(cell('') + cell('')))),
    },
    {
      name: 'a cell over fewer columns than none',
      make: body(table(row(cell('<w:gridSpan w:val="-5"/>') + cell('<w:gridSpan w:val="NaN"/>')))),
    },
    {
      name: 'a row that begins beyond all columns',
      make: body(table(row(`<w:trPr><w:gridBefore w:val="999999999"/></w:trPr>${cell('')}`) + row(cell('')))),
    },
    {
      name: 'ten thousand cells in a row',
      make: body(table(row(many(cell(''), 10_000)))),
      refused: 'too-much-inside',
    },
    {
      name: 'cells that go on from nothing',
      make: body(table(many(row(many(cell('<w:vMerge/>'), 5)), 3000))),
    },
    {
      name: 'a merged cell of fifteen thousand rows',
      make: body(
        table(
          row(cell('<w:vMerge w:val="restart"/>') + cell('')) +
            many(row(cell('<w:vMerge/>') + cell('')), 15_000),
        ),
      ),
    },
    {
      name: 'rows whose edges never meet',
      make: body(
        table(
          Array.from({ length: 400 }, (_, index) =>
            row(cell(`<w:gridSpan w:val="${index + 1}"/>`) + cell('')),
          ).join(''),
        ),
      ),
      refused: 'too-much-inside',
    },
    {
      name: 'a hundred thousand grid columns',
      make: body(table(row(cell('')), many('<w:gridCol w:w="1"/>', 100_000))),
    },
    {
      name: 'grid columns as wide as the world',
      make: body(
        table(row(cell('') + cell('')), '<w:gridCol w:w="99999999999999999999"/><w:gridCol w:w="-7"/>'),
      ),
    },
    {
      name: 'tables in tables, sixty deep',
      make: body(nested('<w:tbl><w:tr><w:tc>', '<w:p/></w:tc></w:tr></w:tbl>', 60, `<w:p>${text}</w:p>`)),
    },
    {
      name: 'tables in tables, twenty thousand deep',
      make: body(nested('<w:tbl><w:tr><w:tc>', '</w:tc></w:tr></w:tbl>', 20_000)),
      refused: 'too-much-inside',
    },
    {
      name: 'tables without rows, rows without cells',
      make: body(`${many('<w:tbl/><w:tbl><w:tr/></w:tbl>', 5000)}<w:p>${text}</w:p>`),
    },
    { name: 'cells merged to the left of nothing', make: body(table(row(many(cell('<w:hMerge/>'), 50)))) },
  ]
}

function hostileLists(): HostileFile[] {
  const numbered =
    (numbering: string, level = 0) =>
    () =>
      makeDocx({ isStored: true, numbering, body: many(p('x', num(1, level)), 50) })
  const level = (format: string, levelText: string, start: string) =>
    `<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="${start}"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${levelText}"/></w:lvl></w:abstractNum>${use(1, 1)}`
  return [
    { name: 'Roman two thousand millions', make: numbered(level('upperRoman', '%1.', '2000000000')) },
    { name: 'letters of two thousand millions', make: numbered(level('lowerLetter', '%1)', '2000000000')) },
    { name: 'a number before nought', make: numbered(level('vietnameseCounting', '%1', '-44')) },
    { name: 'a level text of a million places', make: numbered(level('decimal', many('%1', 500_000), '1')) },
    { name: 'a level that is not there', make: numbered(level('decimal', '%1.%2.%9.', '1'), 400) },
    {
      name: 'lists that stand for one another',
      make: () =>
        makeDocx({
          isStored: true,
          styles: ['A', 'B']
            .map(
              (name, index) =>
                `<w:style w:type="numbering" w:styleId="${name}"><w:pPr><w:numPr><w:numId w:val="${2 - index}"/></w:numPr></w:pPr></w:style>`,
            )
            .join(''),
          numbering: `<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="A"/></w:abstractNum><w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="B"/></w:abstractNum>${use(1, 1)}${use(2, 2)}`,
          body: many(p('x', num(1)), 500),
        }),
    },
    {
      name: 'forty thousand lists',
      make: () =>
        makeDocx({
          isStored: true,
          numbering: Array.from(
            { length: 40_000 },
            (_, index) => list(index, [['decimal', '%1.']]) + use(index, index),
          ).join(''),
          body: Array.from({ length: 3000 }, (_, index) => p('x', num(index))).join(''),
        }),
    },
  ]
}
