import { describe, expect, it } from 'vitest'
import type { OfficialDocument } from './document-model.ts'
import { fitHead, measureHead } from './head-geometry.ts'
import { reminderLetter, stateDecision } from './sample-documents.test-data.ts'
import { settleTypesetting } from './typesetting.ts'

const measure = (document: OfficialDocument) => {
  const { leftMm, rightMm, titleRuleMm, issuerRuleMm } = measureHead(
    document,
    fitHead(document, settleTypesetting(document)),
  )
  const round = (value: number): number => Math.round(value * 10) / 10
  return {
    left: round(leftMm),
    right: round(rightMm),
    titleRule: round(titleRuleMm),
    issuerRule: issuerRuleMm === null ? null : round(issuerRuleMm),
  }
}

describe('the head', () => {
  it('gives the names two fifths and the title’s rule the length of the title', () => {
    expect(measure(reminderLetter)).toEqual({ left: 71, right: 94.1, titleRule: 72.9, issuerRule: null })
  })

  it('takes smaller type for the State’s head where 13 does not fit', () => {
    const settled = settleTypesetting(stateDecision)
    const fitted = fitHead(stateDecision, settled)
    expect([settled.sizePt('nation'), fitted.sizePt('nation'), fitted.sizePt('body')]).toEqual([13, 12, 14])
    expect(measure(stateDecision).issuerRule).toBe(27.1)
  })

  it('keeps a long date on one line when names can give way', () => {
    const { left } = measure({
      ...reminderLetter,
      place: 'Thành phố Cao Lãnh',
      issuer: ['Ban Thường vụ Đảng ủy Ủy ban nhân dân'],
    })
    expect(left).toBeLessThan(71)
    expect(left).toBeGreaterThan(59)
  })

  it('never leaves less than the title needs', () => {
    const { right } = measure({
      ...reminderLetter,
      issuer: ['Đảng ủy các cơ quan Đảng, Mặt trận Tổ quốc và đoàn thể tỉnh'],
      place: 'Thành phố Hồ Chí Minh',
    })
    expect(right).toBeGreaterThanOrEqual(74.9)
  })
})
