import { change, makeDoc, makeOle } from './doc-fixture.ts'
import { cutOff, flipBits, type HostileFile, makeDice } from './hostile-changes.ts'

const whole = () =>
  makeDoc({
    text: 'KẾ HOẠCH\rMục đích\r1\x07a\x07\x07Sau \x13 PAGE \x141\x15\r',
    fonts: ['Times New Roman', '.VnTime'],
    lists: [{ format: 1, text: '\u0000.' }],
    runs: [
      { length: 9, changes: change.bold },
      { length: 34, changes: change.font(1) },
    ],
    paragraphs: [
      { length: 9, changes: change.centre },
      { length: 9, changes: change.list(1) },
      { length: 4, changes: change.inTable },
      { length: 1, changes: change.row([0, 1000, 3000], [0, 0]) },
      { length: 16, changes: [] },
    ],
  })

// The fixture's sectors: table of sectors, directory, then the streams. The table stream comes last.
const sectorSize = 512

/** `.doc` files and other compound files that were cut, hurt or forged. */
export function makeHostileDocs(): HostileFile[] {
  const bytes = whole()
  const patch = (name: string, change: (view: DataView) => void, refused?: string): HostileFile => ({
    name: `doc, ${name}`,
    make: () => {
      const forged = bytes.slice()
      change(new DataView(forged.buffer))
      return forged
    },
    ...(refused !== undefined && { refused }),
  })
  const mainAt = findMain(bytes)
  return [
    ...cutOff('doc', bytes, 16),
    ...flipBits('doc', bytes, 24),
    ...hurtHead(bytes, mainAt),
    patch('sectors that follow themselves', (view) => fill(view, sectorSize, 128, () => 2), 'damaged'),
    patch('sectors beyond the file', (view) => fill(view, sectorSize, 128, () => 0x00ffffff), 'damaged'),
    patch('a table of sectors in the wrong place', (view) => view.setUint32(76, 0x00fffff0, true)),
    patch('a list of lists that goes in circles', (view) => view.setUint32(68, 0, true)),
    patch('a directory beyond the file', (view) => view.setUint32(48, 0x00fffff0, true), 'damaged'),
    patch('siblings that are their own', (view) => fill(view, sectorSize * 2 + 68, 2, () => 0)),
    patch('sectors of two to the power of thirty', (view) => view.setUint16(30, 30, true)),
    patch(
      'a text of four thousand million letters',
      (view) => view.setUint32(mainAt + 0x4c, 0xfffffff0, true),
      'too-much-inside',
    ),
    patch('all tables at once', (view) => fill(view, mainAt + 0x9a, 186, (index) => (index % 2 ? 4000 : 0))),
    patch('tables outside', (view) => fill(view, mainAt + 0x9a, 186, () => 0x7fffffff), 'damaged'),
    {
      name: 'ole, locked',
      make: () => makeOle({ EncryptedPackage: new Uint8Array(5000) }),
      refused: 'encrypted',
    },
    {
      name: 'ole, a workbook',
      make: () => makeOle({ Workbook: new Uint8Array(5000) }),
      refused: 'spreadsheet',
    },
    { name: 'ole, empty', make: () => makeOle({}), refused: 'unknown-format' },
    {
      name: 'ole, a thousand streams',
      make: () =>
        makeOle(
          Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`s${index}`, new Uint8Array(9)])),
        ),
      refused: 'unknown-format',
    },
    { name: 'ole, the first eight bytes', make: () => bytes.slice(0, 8), refused: 'damaged' },
    {
      name: 'ole, zeros behind the header',
      make: () => Uint8Array.from([...bytes.slice(0, 512), ...new Uint8Array(4096)]),
    },
    {
      name: 'doc, a hundred thousand paragraphs',
      make: () => makeDoc({ text: 'x\r'.repeat(100_000) }),
      refused: 'too-much-inside',
    },
    { name: 'doc, cells without end', make: () => makeDoc({ text: 'x\x07'.repeat(29_000) }) },
    {
      name: 'doc, marks of all kinds',
      make: () =>
        makeDoc({
          text: Array.from({ length: 32 }, (_, code) => String.fromCharCode(code))
            .join('x')
            .repeat(500),
        }),
    },
    { name: 'doc, fields in fields', make: () => makeDoc({ text: `${'\x13'.repeat(50_000)}x\r` }) },
  ]
}

/** Where the main stream begins, by its signature. */
function findMain(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer)
  for (let at = sectorSize; at + 4 < bytes.length; at += sectorSize)
    if (view.getUint16(at, true) === 0xa5ec) return at
  return 0
}

function fill(view: DataView, at: number, count: number, value: (index: number) => number): void {
  for (let index = 0; index < count; index++) view.setUint32(at + index * 4, value(index), true)
}

/** Figures of the head and of the tables exchanged for others, which the sums of a zip cannot tell here. */
function hurtHead(bytes: Uint8Array, mainAt: number): HostileFile[] {
  return Array.from({ length: 24 }, (_, index) => ({
    name: `doc, figures exchanged (${index})`,
    make: () => {
      const dice = makeDice(100 + index)
      const hurt = bytes.slice()
      const view = new DataView(hurt.buffer)
      const from = index % 2 ? mainAt : hurt.length - 4096
      for (let change = 0; change < 4; change++) {
        const at = from + Math.floor(dice() * (index % 2 ? 0x300 : 400))
        view.setUint32(at, Math.floor(dice() * (change % 2 ? 0xffffffff : 5000)), true)
      }
      return hurt
    },
  }))
}
