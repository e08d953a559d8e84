import { strToU8 } from 'fflate'
import { type HostileFile, makeDice } from './hostile-changes.ts'
import { makeHostileDocs } from './hostile-doc-files.ts'
import { makeHostileDocx } from './hostile-docx-files.ts'
import { makeHostilePages } from './hostile-html-files.ts'
import { makeHostileRtf } from './hostile-rtf-files.ts'

/** Every hostile file, the same ones on every run. */
export function makeHostileFiles(): HostileFile[] {
  return [
    ...makeHostileDocx(),
    ...makeHostileDocs(),
    ...makeHostileRtf(),
    ...makeHostilePages(),
    ...makeHostileText(),
  ]
}

function makeHostileText(): HostileFile[] {
  const dice = makeDice(7)
  return [
    { name: 'nothing but zeros.txt', make: () => new Uint8Array(100_000), refused: 'unknown-format' },
    {
      name: 'noise.txt',
      make: () => Uint8Array.from({ length: 100_000 }, () => Math.floor(dice() * 256)),
      refused: 'unknown-format',
    },
    {
      name: 'noise with a name.docx',
      make: () => strToU8('\u0001\u0002\u0003'.repeat(999)),
      refused: 'unknown-format',
    },
    { name: 'one line of ten million letters.txt', make: () => strToU8('a'.repeat(10_000_000)) },
    { name: 'three million letters, no line end.txt', make: () => strToU8('kế hoạch '.repeat(330_000)) },
    { name: 'a million line ends.md', make: () => strToU8(`x${'\n'.repeat(1_000_000)}y`) },
    { name: 'marks without end.txt', make: () => strToU8(`a${'\u0301\u0323'.repeat(200_000)}`) },
    {
      name: 'half letters.txt',
      make: () => Uint8Array.from([0xff, 0xfe, 0x00, 0xd8, 0x41, 0x00, 0x00, 0xdc, 0x42]),
    },
    { name: 'a mark and nothing.txt', make: () => Uint8Array.from([0xef, 0xbb, 0xbf]), refused: 'empty' },
    { name: 'half a mark.txt', make: () => Uint8Array.from([0xff]) },
    { name: 'endless table.md', make: () => strToU8('| a | b |\n'.repeat(100_000)) },
    { name: 'endless row.md', make: () => strToU8(`|${' a |'.repeat(200_000)}\n|${'-|'.repeat(200_000)}\n`) },
    { name: 'endless emphasis.md', make: () => strToU8('*_'.repeat(500_000)) },
    { name: '../../etc/passwd', make: () => strToU8('Kế hoạch') },
    { name: `${'a'.repeat(100_000)}.docx`, make: () => strToU8('Kế hoạch') },
    {
      name: 'legacy without end.txt',
      make: () => Uint8Array.from('Tæ chøc ®¹i héi '.repeat(60_000), (c) => c.charCodeAt(0)),
    },
    {
      name: 'lines of letters of two kinds.txt',
      make: () => strToU8('Kế hoạch\nTæ chøc ®¹i héi\n'.repeat(20_000)),
    },
  ]
}
