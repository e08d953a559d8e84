import { describe, expect, test } from 'vitest'
import { type DocxFixture, list, makeDocx, num, p, tbl, use } from './docx-fixture.ts'
import { readDocxSource } from './docx-source.ts'
import { showBlocks, sourceOf } from './shown-source.ts'

const read = (fixture: DocxFixture) => readDocxSource(makeDocx(fixture))
const show = (fixture: DocxFixture) => showBlocks(read(fixture))

describe('automatic numbers', () => {
  const outline: [string, string][] = [
    ['upperRoman', '%1.'],
    ['decimal', '%2.'],
    ['decimal', '%2.%3.'],
    ['lowerLetter', '%4)'],
  ]

  test('count by level and start again under a new heading', () => {
    const reading = read({
      numbering: list(4, outline) + use(2, 4),
      body: ['0 A', '1 B', '2 C', '2 D', '3 E', '1 F', '2 G', '0 H', '1 K']
        .map((line) => p(line.slice(2), num(2, Number(line[0]))))
        .join(''),
    })
    expect(showBlocks(reading)).toEqual([
      'I. A',
      '1. B',
      '1.1. C',
      '1.2. D',
      'a) E',
      '2. F',
      '2.1. G',
      'II. H',
      '1. K',
    ])
    expect(sourceOf(reading).blocks[2]).toMatchObject({ number: '1.1.', listDepth: 2, span: [10, 16] })
  })

  test('start again where a use of the list says so, and go on where it does not', () => {
    const restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    expect(
      show({
        numbering: list(1, [['decimal', '%1.']]) + use(1, 1) + use(2, 1) + use(3, 1, restart),
        body: p('a', num(1)) + p('b', num(2)) + p('c', num(3)) + p('d', num(3)),
      }),
    ).toEqual(['1. a', '2. b', '1. c', '2. d'])
  })

  test('never start again where the level says so', () => {
    expect(
      show({
        numbering:
          list(1, [
            ['upperRoman', '%1.'],
            ['decimal', 'Điều %2.', '<w:lvlRestart w:val="0"/>'],
          ]) + use(1, 1),
        body: p('A', num(1)) + p('x', num(1, 1)) + p('B', num(1)) + p('y', num(1, 1)),
      }),
    ).toEqual(['I. A', 'Điều 1. x', 'II. B', 'Điều 2. y'])
  })

  test('come from the style, and number 0 switches them off', () => {
    const styles =
      '<w:style w:type="paragraph" w:styleId="M1"><w:name w:val="Muc 1"/><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:style>' +
      '<w:style w:type="paragraph" w:styleId="M2"><w:name w:val="Muc 2"/><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="7"/></w:numPr></w:pPr></w:style>'
    const one = '<w:pStyle w:val="M1"/>'
    const two = '<w:pStyle w:val="M2"/>'
    expect(
      show({
        styles,
        numbering: list(1, outline) + use(7, 1),
        body: p('A', one) + p('B', two) + p('C', one + num(0)) + p('D', two),
      }),
    ).toEqual(['I. A', '1. B', 'C', '2. D'])
  })

  test('of a list that is a numbering style are that style’s', () => {
    const styles =
      '<w:style w:type="numbering" w:styleId="Ds"><w:name w:val="Danh sach"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    expect(
      show({
        styles,
        numbering:
          '<w:abstractNum w:abstractNumId="9"><w:numStyleLink w:val="Ds"/></w:abstractNum>' +
          list(1, [['lowerLetter', '%1)']]) +
          use(1, 1) +
          use(5, 9),
        body: p('một', num(5)) + p('hai', num(5)),
      }),
    ).toEqual(['a) một', 'b) hai'])
  })

  test.each([
    ['decimalZero', '(%1)', '(09)'],
    ['upperLetter', '%1.', 'I.'],
    ['lowerRoman', '%1.', 'ix.'],
    ['vietnameseCounting', 'Phần %1', 'Phần chín'],
    ['decimalEnclosedCircle', '%1', '⑨'],
    ['ordinalText', 'Lần %1', 'Lần thứ chín'],
  ])('in the format %s', (format, text, printed) => {
    const start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="9"/></w:lvlOverride>'
    expect(show({ numbering: list(1, [[format, text]]) + use(1, 1, start), body: p('x', num(1)) })).toEqual([
      `${printed} x`,
    ])
  })

  test('are all plain where the level wants them legal, and touch where nothing follows', () => {
    expect(
      show({
        numbering:
          list(1, [
            ['upperRoman', '%1.'],
            ['decimal', '%1.%2. ', '<w:isLgl/><w:suff w:val="nothing"/>'],
          ]) + use(1, 1),
        body: p('A', num(1)) + p('b', num(1, 1)),
      }),
    ).toEqual(['I. A', '1.1.b'])
  })

  test('are printed in an empty cell; a bullet before nothing is not', () => {
    const bullet = '<w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr>'
    expect(
      show({
        numbering:
          list(1, [['decimal', '%1']]) + use(1, 1) + list(2, [['bullet', '\uf0b7', bullet]]) + use(2, 2),
        body:
          tbl([
            [p('', num(1)), 'Rà soát'],
            [p('', num(1)), 'Báo cáo'],
          ]) +
          p('', num(2)) +
          p('gạch', num(2)),
      }),
    ).toEqual([
      [
        ['1', 'Rà soát'],
        ['2', 'Báo cáo'],
      ],
      '• gạch',
    ])
  })
})
