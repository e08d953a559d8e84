/** Lengths as DOCX counts them: twips (twentieths of a point) and half points. */

export const twipsPerPoint = 20
const twipsPerMm = 1440 / 25.4

export function mmToTwips(mm: number): number {
  return Math.round(mm * twipsPerMm)
}

export function pointsToTwips(points: number): number {
  return Math.round(points * twipsPerPoint)
}

export function pointsToHalfPoints(points: number): number {
  return Math.round(points * 2)
}
