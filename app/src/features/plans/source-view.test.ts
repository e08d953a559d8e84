import type { SourceDocument } from '@trienkhai/plan-reader/source-document.ts'
import { expect, it } from 'vitest'
import type { Field, Review } from './review.ts'
import { viewSource } from './source-view.ts'

const text = 'Căn cứ Kế hoạch 31-KH/TU\nVăn phòng\tCông an xã'
const paragraph = (start: number, end: number) => ({
  type: 'paragraph' as const,
  span: [start, end] as const,
})
const source: SourceDocument = {
  format: 'pdf',
  text,
  blocks: [
    {
      ...paragraph(0, 24),
      align: 'justify',
      boxes: [{ page: 0, x: 60, y: 80, width: 300, height: 20, span: [0, 24] }],
    },
    {
      type: 'table',
      span: [25, 46],
      rows: [
        [
          { span: [25, 34], paragraphs: [paragraph(25, 34)] },
          { span: [35, 46], paragraphs: [paragraph(35, 46)] },
        ],
        [
          { span: [25, 34], paragraphs: [], mergedWith: [0, 0] },
          { span: [35, 46], paragraphs: [paragraph(35, 46)] },
        ],
      ],
    },
  ],
  pages: [{ width: 600, height: 800 }],
  notes: [],
}
const field = <Value>(id: string, value: Value, spans: [number, number][] = []): Field<Value> => ({
  id,
  value,
  spans,
  sure: 1,
  confirmed: null,
})
const review: Review = {
  head: {
    kind: field('kind', null),
    superior: field('superior', null),
    issuer: field('issuer', null),
    number: field('number', '31-KH/TU', [[16, 24]]),
    place: field('place', null),
    date: field('date', null),
    subject: field('subject', null),
    signatory: field('signatory', { authority: null, position: null, name: null }),
  },
  bases: [field('bases-0', { text: '', number: null, date: null, issuer: null }, [[7, 24]])],
  purposes: [],
  requirements: [],
  events: [],
  materials: [],
  tasks: [],
  reports: [],
  recipients: [],
  findings: [],
  removed: [],
  nextId: 1,
  audiences: {},
}

it('cuts words at the borders of fields, and loses none of them', () => {
  const [first] = viewSource(source, review).blocks
  if (first?.type !== 'paragraph') throw new Error('a paragraph was expected')
  expect(first.pieces).toEqual([
    { text: 'Căn cứ ', start: 0, fields: [] },
    { text: 'Kế hoạch ', start: 7, fields: ['bases-0'] },
    { text: '31-KH/TU', start: 16, fields: ['bases-0', 'number'] },
  ])
})

it('spans merged cells instead of showing them twice', () => {
  const table = viewSource(source, review).blocks[1]
  if (table?.type !== 'table') throw new Error('a table was expected')
  expect(table.rows.map((row) => row.map(({ rows, columns }) => [rows, columns]))).toEqual([
    [
      [2, 1],
      [1, 1],
    ],
    [[1, 1]],
  ])
})

it('places lines in shares of their page', () => {
  const [page] = viewSource(source, review).pages
  expect(page?.lines).toMatchObject([{ x: 0.1, y: 0.1, width: 0.5, height: 0.025 }])
})
