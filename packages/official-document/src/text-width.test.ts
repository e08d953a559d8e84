import { describe, expect, it } from 'vitest'
import { measureText } from './text-width.ts'

const mm = (points: number): number => Math.round(((points * 25.4) / 72) * 100) / 100

describe('the width of text', () => {
  // Measured in the PDF that LibreOffice makes with Tinos: from 111.55 to 184.40 mm, and so is its rule.
  it('is that of the printed title', () => {
    expect(mm(measureText('ĐẢNG CỘNG SẢN VIỆT NAM', 15, 'bold'))).toBeCloseTo(72.9, 1)
  })

  it('does not depend on composition, and gives a Vietnamese letter the width of its base', () => {
    expect(measureText('ƯỚ'.normalize('NFD'), 14)).toBe(measureText('ƯỚ', 14))
    expect(measureText('ỆẾỀ', 10)).toBe(measureText('EEE', 10))
    expect(measureText('Ử', 10)).not.toBe(measureText('Ủ', 10))
  })

  it('counts non-breaking spaces and passes over control characters', () => {
    expect(measureText('a\u00A0b\u0007', 12)).toBe(measureText('a b', 12))
  })
})
