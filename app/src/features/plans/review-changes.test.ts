import { describe, expect, it } from 'vitest'
import type { Review } from './review.ts'
import { countConfirmed } from './review.ts'
import { changeReview, type ReviewChange } from './review-changes.ts'

const by = { accountId: 'a', name: 'Lê Thị Thử', at: '2026-11-23T03:00:00.000Z' }
const headField = <Value>(id: string, value: Value) => ({
  id,
  value,
  read: value,
  spans: [],
  sure: 1,
  confirmed: null,
})
const task = (text: string) => ({
  text,
  lead: ['Văn phòng'],
  with: [],
  due: null,
  deadline: null,
  product: null,
  condition: null,
  section: 'III.1',
})

function reviewWith(texts: string[]): Review {
  return {
    head: {
      kind: headField('kind', 'kế hoạch'),
      superior: headField('superior', null),
      issuer: headField('issuer', 'Đảng ủy xã'),
      number: headField('number', '12-KH/ĐU'),
      place: headField('place', null),
      date: headField('date', '2026-11-09'),
      subject: headField('subject', 'Học tập chuyên đề'),
      signatory: headField('signatory', { authority: null, position: null, name: null }),
    },
    bases: [],
    purposes: [],
    requirements: [],
    events: [],
    materials: [],
    tasks: texts.map((text, at) => ({
      id: `tasks-${at}`,
      value: task(text),
      read: task(text),
      spans: [[at * 100, at * 100 + 50] as const],
      sure: 0.9,
      confirmed: null,
    })),
    reports: [],
    recipients: [],
    findings: [
      {
        id: 'finding-0',
        rule: 'task-without-deadline',
        severity: 'warning',
        fieldId: 'tasks-0',
        spans: [],
        title: { vi: 'Thiếu hạn.', en: 'No deadline.' },
        message: { vi: '', en: '' },
        mends: [
          { label: { vi: 'Lấy 25/11', en: 'Take 25/11' }, set: { path: '/due', value: '2026-11-25' } },
          { label: { vi: 'Để trống', en: 'Leave empty' }, set: null },
        ],
        state: 'open',
      },
    ],
    removed: [],
    nextId: 1,
    audiences: {},
  }
}

function after(review: Review, ...changes: ReviewChange[]): Review {
  return changes.reduce((current, change) => {
    const outcome = changeReview(current, change, by)
    if (!outcome.ok) throw new Error(outcome.reason)
    return outcome.review
  }, review)
}

describe('changes of a review', () => {
  it('leave the given review as it was', () => {
    const review = reviewWith(['một'])
    const before = structuredClone(review)
    after(review, { type: 'remove', fieldId: 'tasks-0' })
    expect(review).toEqual(before)
  })

  it('confirm a field once, and keep who did it first', () => {
    const review = after(reviewWith(['một']), { type: 'confirm', fieldId: 'number' })
    const outcome = changeReview(
      review,
      { type: 'confirm', fieldId: 'number' },
      { ...by, name: 'Người khác' },
    )
    expect(outcome.ok && outcome.review.head.number.confirmed?.name).toBe('Lê Thị Thử')
    expect(countConfirmed(review)).toEqual({ confirmed: 1, total: 7 })
  })

  it('edit a value, and give back what was read', () => {
    const edited = after(reviewWith(['một']), { type: 'edit', fieldId: 'number', value: '13-KH/ĐU' })
    expect(edited.head.number).toMatchObject({ value: '13-KH/ĐU', read: '12-KH/ĐU', confirmed: by })
    const restored = after(edited, { type: 'restore', fieldId: 'number' })
    expect(restored.head.number).toMatchObject({ value: '12-KH/ĐU', confirmed: null })
  })

  it('take a line out and bring it back to its place', () => {
    const review = reviewWith(['một', 'hai', 'ba'])
    const without = after(review, { type: 'remove', fieldId: 'tasks-1' })
    expect(without.tasks.map(({ id }) => id)).toEqual(['tasks-0', 'tasks-2'])
    expect(after(without, { type: 'bring-back', fieldId: 'tasks-1' })).toEqual(review)
  })

  it('put an added line where its words stand, and add it once however often it is sent', () => {
    const change: ReviewChange = {
      type: 'add',
      list: 'tasks',
      value: task('thêm'),
      spans: [[120, 130]],
      addedId: 'x1',
    }
    const review = after(reviewWith(['một', 'hai', 'ba']), change, change)
    expect(review.tasks.map(({ id }) => id)).toEqual(['tasks-0', 'tasks-1', 'tasks-x1', 'tasks-2'])
  })

  it('choose a mend, which sets the value inside the field', () => {
    const review = after(reviewWith(['một']), { type: 'mend', findingId: 'finding-0', mend: 0 })
    expect(review.tasks[0]?.value.due).toBe('2026-11-25')
    expect(review.findings[0]?.state).toBe('mended')
    const left = after(reviewWith(['một']), { type: 'mend', findingId: 'finding-0', mend: 1 })
    expect(left.tasks[0]?.value.due).toBeNull()
    expect(left.findings[0]?.state).toBe('dismissed')
  })

  it('remember what a phrase stands for, whatever its spelling', () => {
    const review = after(reviewWith([]), {
      type: 'audience',
      phrase: 'Các đoàn thể Uỷ ban',
      audience: { type: 'self' },
    })
    expect(review.audiences).toEqual({ 'các đoàn thể ủy ban': { type: 'self' } })
  })

  it('refuse a field or finding that is not there', () => {
    expect(changeReview(reviewWith([]), { type: 'remove', fieldId: 'tasks-9' }, by)).toEqual({
      ok: false,
      reason: 'gone',
    })
    expect(changeReview(reviewWith([]), { type: 'mend', findingId: 'none', mend: 0 }, by)).toEqual({
      ok: false,
      reason: 'gone',
    })
  })
})
