import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { beforeAll, describe, expect, it } from 'vitest'
import type { OfficialDocument } from '../document-model.ts'
import { renderDocx } from '../docx/render-docx.ts'
import {
  minutes,
  reminderLetter,
  resultReport,
  stateDecision,
  studyPlan,
} from '../sample-documents.test-data.ts'
import { checkLayout } from './check-layout.ts'
import { describeFinding } from './layout-words.ts'

const findingsOf = (bytes: Uint8Array, profile: OfficialDocument['profile']) => {
  const check = checkLayout(bytes, profile)
  if (!check.ok) throw new Error(check.reason)
  return check.findings
}

/** The file with one of its parts changed. */
function change(bytes: Uint8Array, path: string, from: RegExp, to: string): Uint8Array {
  const parts = unzipSync(bytes)
  const xml = strFromU8(parts[path] ?? new Uint8Array())
  if (!from.test(xml)) throw new Error(`${path} has no ${from}`)
  return zipSync({ ...parts, [path]: strToU8(xml.replace(from, to)) })
}

describe('a paper of our own', () => {
  it.each([
    ['reminder letter', reminderLetter],
    ['report', resultReport],
    ['plan', studyPlan],
    ['minutes', minutes],
    ['State decision', stateDecision],
    ['report by the newer guidance', { ...resultReport, profile: 'HD05' }],
    [
      'report by an office’s own options',
      {
        ...resultReport,
        house: { bodySizePt: 15, kindSizePt: 15, line: 20, headingNumbers: 'dot', tableSizePt: 12 },
      },
    ],
  ] satisfies [string, OfficialDocument][])('breaks no rule: %s', async (_, document) => {
    expect(findingsOf(await renderDocx(document), document.profile)).toEqual([])
  })
})

describe('a broken paper', () => {
  let report: Uint8Array
  beforeAll(async () => {
    report = await renderDocx(resultReport)
  })

  const style = (id: string, property: string): RegExp => new RegExp(`(w:styleId="${id}".*?)${property}`, 's')

  it.each([
    ['word/document.xml', /w:left="1701" w:header/, 'w:left="1134" w:header', 'margins: ← 30 mm / ← 20 mm'],
    [
      'word/document.xml',
      /w:w="11906" w:h="16838"/,
      'w:w="12240" w:h="15840"',
      'page-size: 210 × 297 mm / 216 × 279 mm',
    ],
    ['word/document.xml', /w:header="567"/, 'w:header="720"', 'page-number-place: 10 mm / 12,7 mm'],
    ['word/document.xml', /<w:titlePg\/>/, '', 'page-number-on-first-page: – / 1'],
    ['word/settings.xml', /<w:mirrorMargins\/>/, '', 'mirrored-margins: ↔ / –'],
    ['word/header1.xml', />PAGE</, '>DATE<', 'page-number: 14 pt / –'],
    ['word/styles.xml', /w:hAnsi="Times New Roman"/, 'w:hAnsi="Arial"', 'font: Times New Roman / Arial'],
    [
      'word/styles.xml',
      style('partyTitle', '<w:sz w:val="30"/>'),
      '$1<w:sz w:val="26"/>',
      'size partyTitle: 15 pt / 13 pt',
    ],
    ['word/styles.xml', style('issuer', '<w:b/>'), '$1<w:b w:val="0"/>', 'bold issuer: ✓ / ✗'],
    [
      'word/styles.xml',
      style('placeAndDate', '<w:i/>'),
      '$1<w:i w:val="false"/>',
      'italic placeAndDate: ✓ / ✗',
    ],
    [
      'word/styles.xml',
      style('body', '<w:jc w:val="both"/>'),
      '$1<w:jc w:val="left"/>',
      'alignment body: justify / left',
    ],
    [
      'word/styles.xml',
      style('body', 'w:firstLine="567"'),
      '$1w:firstLine="0"',
      'first-line body: 10 mm / 0 mm',
    ],
    ['word/styles.xml', style('body', 'w:after="120"'), '$1w:after="0"', 'paragraph-gap body: ≥ 6 pt / 0 pt'],
    [
      'word/styles.xml',
      style('body', 'w:line="360" w:lineRule="atLeast"'),
      '$1w:line="240" w:lineRule="auto"',
      'line-spacing body: ≥ 18 pt / 16,1 pt',
    ],
    [
      'word/styles.xml',
      style('body', '<w:sz w:val="28"/>'),
      '$1<w:sz w:val="26"/>',
      'size body: 14–15 pt / 13 pt',
    ],
    ['word/document.xml', />ĐẢNG CỘNG SẢN VIỆT NAM</, '>CỘNG SẢN<', 'missing-part partyTitle: 1 / 0'],
    ['word/document.xml', />\*</, '><', 'missing-part issuerMark: 1 / 0'],
    ['word/document.xml', />-----</, '><', 'missing-part subjectMark: 1 / 0'],
    [
      'word/document.xml',
      />Số[^<]*<\/w:t><w:noBreakHyphen\/><w:t[^>]*>BC\/ĐU</,
      '>Số: 5-BC/ĐU<',
      'number-form number: Số 12-… / Số: 5-BC/ĐU',
    ],
    [
      'word/document.xml',
      />Tân Hòa, ngày[^<]*</,
      '>Tân Hòa, ngày 9 tháng 04 năm 2026<',
      'date-form placeAndDate: …, ngày 09 tháng 4 năm 2026 / Tân Hòa, ngày 9 tháng 04 năm 2026',
    ],
    [
      'word/document.xml',
      />- Lưu Văn phòng Đảng ủy\.</,
      '>- Lưu Văn phòng Đảng ủy<',
      'recipient-marks recipient: . / y',
    ],
    ['word/document.xml', /<w:tblHeader\/>/, '', 'table-header: ✓ / ✗'],
  ])('is caught: %s %s', (path, from, to, expected) => {
    const found = findingsOf(change(report, path, from, to), 'HD36').map(
      ({ rule, part, expected: asked, found: given }) =>
        `${rule}${part ? ` ${part}` : ''}: ${asked} / ${given}`,
    )
    expect(found).toContain(expected)
    expect(found.length).toBeLessThanOrEqual(2)
  })

  it('is caught when the rule under the title is too short or gone', () => {
    const rule = /(<w:pStyle w:val="headRule"\/>.*?<w:ind w:left=")\d+(" w:right=")\d+/s
    const short = findingsOf(change(report, 'word/document.xml', rule, '$11500$21500'), 'HD36')
    expect(short.map((finding) => [finding.rule, finding.expected])).toEqual([['rule-length', '72,9 mm']])
    const gone = findingsOf(change(report, 'word/document.xml', /<w:pBdr>.*?<\/w:pBdr>/s, ''), 'HD36')
    expect(gone.map((finding) => [finding.rule, finding.found])).toEqual([['rule-length', '–']])
  })

  it('is caught when a table is wider than the text', () => {
    const wide = change(report, 'word/document.xml', /(Căn cứ.*?<w:gridCol w:w=")\d+/s, '$13000')
    expect(findingsOf(wide, 'HD36').map(({ rule }) => rule)).toEqual(['table-width'])
  })

  it('is told that no name stands, and the post is not taken for one', async () => {
    const [signature] = resultReport.signatures
    if (!signature) throw new Error('the sample has no signature')
    const unsigned = await renderDocx({ ...resultReport, signatures: [{ ...signature, name: '' }] })
    expect(
      findingsOf(unsigned, 'HD36').map(({ rule, part, found }) => `${rule} ${part ?? ''}: ${found}`),
    ).toEqual(['missing-part signatory: 0'])
  })

  it('is told once for each fault, with how often', () => {
    const broken = change(report, 'word/styles.xml', style('body', 'w:firstLine="567"'), '$1w:firstLine="0"')
    const [finding, ...others] = findingsOf(broken, 'HD36')
    expect(others).toEqual([])
    expect(finding).toMatchObject({
      rule: 'first-line',
      count: 12,
      at: 'Thực hiện Kế hoạch số\u00A021-KH/ĐU, Ban Thường vụ Đảng ủy xã Tân',
    })
  })

  it('is described in both languages', () => {
    const broken = change(report, 'word/document.xml', /w:left="1701" w:header/, 'w:left="1134" w:header')
    const [finding] = findingsOf(broken, 'HD36')
    if (!finding) throw new Error('nothing found')
    expect(describeFinding(finding, 'vi')).toBe('Lề trang không đúng (cần ← 30 mm, đang là ← 20 mm)')
    expect(describeFinding(finding, 'en')).toBe('Wrong margin (should be ← 30 mm, is ← 20 mm)')
    expect(finding.source).toBe('Hướng dẫn 36-HD/VPTW ngày 03/4/2018, định lề trang')
  })

  it('breaks many rules of the other system', () => {
    const rules = findingsOf(report, 'ND30').map(({ rule, part }) => `${rule} ${part ?? ''}`)
    expect(rules).toContain('missing-part nation')
    expect(rules).toContain('number-form number')
    expect(rules).toContain('size kind')
  })
})

describe('a file that is no Word file', () => {
  it('is refused with a reason', async () => {
    const report = await renderDocx(minutes)
    expect(checkLayout(strToU8('not a zip'), 'HD36')).toEqual({ ok: false, reason: 'not-a-word-file' })
    expect(checkLayout(zipSync({ 'a.txt': strToU8('a') }), 'HD36')).toEqual({
      ok: false,
      reason: 'not-a-word-file',
    })
    expect(checkLayout(change(report, 'word/document.xml', /<\/w:body>/, ''), 'HD36')).toEqual({
      ok: false,
      reason: 'broken-xml',
    })
    expect(checkLayout(report.slice(0, 4000), 'HD36')).toEqual({ ok: false, reason: 'not-a-word-file' })
  })

  it('is refused when it nests or swells without end', () => {
    const deep = `<w:document>${'<w:p>'.repeat(600)}${'</w:p>'.repeat(600)}</w:document>`
    expect(checkLayout(zipSync({ 'word/document.xml': strToU8(deep) }), 'HD36')).toEqual({
      ok: false,
      reason: 'too-big',
    })
    const bomb = zipSync({ 'word/document.xml': new Uint8Array(31_000_000) })
    expect(checkLayout(bomb, 'HD36')).toEqual({ ok: false, reason: 'too-big' })
  })

  it('expands no entities of its own', () => {
    const xml =
      '<!DOCTYPE d [<!ENTITY a "aaaa">]><w:document><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>'
    expect(checkLayout(zipSync({ 'word/document.xml': strToU8(xml) }), 'HD36')).toEqual({
      ok: false,
      reason: 'broken-xml',
    })
  })
})
