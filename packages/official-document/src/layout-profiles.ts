import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import type { HouseOptions, ProfileId } from './document-model.ts'
import { hd05 } from './profiles/hd05.ts'
import { hd36 } from './profiles/hd36.ts'
import type { LayoutProfile, Range } from './profiles/layout-profile.ts'
import { nd30 } from './profiles/nd30.ts'

/** Every profile known, each system's in the order of their validity. */
export const layoutProfiles: readonly LayoutProfile[] = [hd36, hd05, nd30]

/** The profile of this id. */
export function getProfile(id: ProfileId): LayoutProfile {
  const profile = layoutProfiles.find((each) => each.id === id)
  if (!profile) throw new RangeError(`no layout profile ${id}`)
  return profile
}

/**
 * The layout rules that hold in a system on a day. A document older than the first known profile gets that
 * one: the rules before it are not described here. With `onlyConfirmed`, a profile that was never compared
 * with its original is passed over for the one before it: an office's choice while the new text is unseen.
 */
export function profileFor(
  system: 'party' | 'state',
  date: CivilDate,
  options: { readonly onlyConfirmed?: boolean } = {},
): LayoutProfile {
  const ofSystem = layoutProfiles.filter(
    (profile) => profile.system === system && (profile.confirmed || !options.onlyConfirmed),
  )
  const standing = ofSystem.findLast((profile) => profile.validFrom <= date) ?? ofSystem[0]
  if (!standing) throw new RangeError(`no layout profile of the ${system}`)
  return standing
}

/** An office's option that its profile has no room for. */
export interface HouseProblem {
  readonly option: keyof HouseOptions
  readonly given: number
  /** What the profile allows; `max` null: no upper end. */
  readonly min: number
  readonly max: number | null
}

/** Which of an office's options lie outside what the profile allows; empty when all may be used. */
export function findHouseProblems(profile: LayoutProfile, house: HouseOptions): HouseProblem[] {
  const ranges: [keyof HouseOptions, number | undefined, Range][] = [
    ['bodySizePt', house.bodySizePt, profile.parts.body.sizePt],
    ['kindSizePt', house.kindSizePt, profile.parts.kind.sizePt],
    ['subjectSizePt', house.subjectSizePt, profile.parts.subject.sizePt],
    ['tableSizePt', house.tableSizePt, profile.tables.value.sizePt],
    ['line', house.line, profile.paragraph.value.line],
    ['paragraphGapPt', house.paragraphGapPt, profile.paragraph.value.gapPt],
    ['signatureLines', house.signatureLines, profile.signature.value.lines],
  ]
  return ranges.flatMap(([option, given, { min, max }]) =>
    given !== undefined && !(given >= min && (max === null || given <= max))
      ? [{ option, given, min, max }]
      : [],
  )
}
