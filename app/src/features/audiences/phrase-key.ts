import { fold } from '@trienkhai/vietnamese/fold.ts'
import { writeOutAbbreviations } from './abbreviations.ts'

/** The level that a phrase names: "Huyện ủy" is `district`, which ended on 01/7/2025. */
export type Level = 'commune' | 'district' | 'province' | 'centre'

/** A phrase made ready for matching: folded, short forms written out, separators as ` | `. */
export interface PhraseKey {
  /** Without the level at its end: `van phong` for "Văn phòng Đảng ủy xã". */
  core: string
  level: Level | null
}

/**
 * Folded words of a phrase with its separators kept: `,` `;` `/` become ` | `, hyphens and brackets go, and what only
 * leads up to a name ("đề nghị", "đồng chí") is dropped.
 */
export function foldPhrase(phrase: string): string {
  const key = fold(writeOutAbbreviations(phrase.normalize('NFC')))
    .replace(/[“”"'‘’()[\].:]/g, ' ')
    .replace(/\s*[,;/&+]\s*/g, ' | ')
    .replace(/\s*[-–—]\s*/g, ' ')
    .replace(/\b([hklmst])y\b/g, '$1i')
    .replace(/\s+/g, ' ')
    .replace(/^(?:\| )+|(?: \|)+$/g, '')
    .trim()
  return key
    .replace(/^(?:(?:de nghi|yeu cau|giao cho|giao|boi|cho|den|toi|va|cung)\s+)+/, '')
    .replace(/^(?:cac |nhung |toan the )?dong chi (?=\S)/, '')
    .replace(/\bdong chi\b\s*/g, '')
    .trim()
}

interface LevelWords {
  level: Level
  words: string
}

// The longest first: "dang uy xa" is one qualifier, not "xa" with a body called "dang uy" before it.
const levels: readonly LevelWords[] = [
  { level: 'commune', words: '(?:dang uy|dang bo) (?:xa|phuong|dac khu|thi tran)' },
  { level: 'district', words: '(?:dang bo )?(?:huyen uy|quan uy|thi uy)|dang bo (?:huyen|quan|thi xa)' },
  { level: 'province', words: 'tinh uy|thanh uy|dang bo (?:tinh|thanh pho)' },
  { level: 'centre', words: 'trung uong(?: dang)?' },
  { level: 'district', words: 'thi xa|huyen|(?<!(?:co|lien|hai|chu|si|quoc) )quan' },
  { level: 'commune', words: '(?<!hop tac )xa(?! hoi)|phuong|dac khu|thi tran' },
  { level: 'province', words: 'tinh|thanh pho' },
]

// What comes after these belongs to them: "các xã", "chi, đảng bộ".
const leadsOn = /(?:^|\s)(?:cac|tung|moi|chi|va|\|)$/

/**
 * Takes the level and the office's own place off the end of a folded phrase or name, as often as they stand there.
 * `places` are folded names of the office's commune and province: `lam thao`.
 */
export function splitLevel(folded: string, places: readonly string[]): PhraseKey {
  const place = places.length > 0 ? `(?: (?:${places.map(escapePattern).join('|')}))?` : ''
  const placeAlone = places.length > 0 ? new RegExp(`\\s+(?:${places.map(escapePattern).join('|')})$`) : /$^/
  let core = folded
  let level: Level | null = null
  for (let changed = true; changed; ) {
    changed = false
    for (const candidate of levels) {
      const tail = new RegExp(
        `(?:^|\\s+)(?:(?:(?:tren )?dia ban|(?<!truc )thuoc|cua|trong|tai|o)\\s+)*(?:toan\\s+)?(?:${candidate.words})${place}$`,
      )
      const cut = core.replace(tail, '')
      // "các xã, phường" names communes; it is no qualifier of something before it.
      if (cut === core || leadsOn.test(cut)) continue
      core = cut.trim()
      level ??= candidate.level
      changed = true
      break
    }
    const bare = core
      .replace(/\s+(?:(?:tren )?dia ban|(?<!truc )thuoc|cua)$/, '')
      .replace(/(?:^|\s+)(?:cua )?(?:dang uy|dang bo)$/, '')
      .replace(placeAlone, '')
    if (bare !== core && !leadsOn.test(bare)) {
      core = bare.trim()
      changed = true
    }
  }
  return { core, level }
}

/** The place in an office's name: `Đảng ủy xã Lâm Thao` → `lam thao`; empty where it has none. */
export function placeOf(officeName: string): string {
  return fold(officeName)
    .replace(/\s*[-–—]\s*/g, ' ')
    .replace(/\b([hklmst])y\b/g, '$1i')
    .replace(
      /^(?:dang uy|dang bo|tinh uy|thanh uy|huyen uy|ban chap hanh dang bo)(?: (?:xa|phuong|dac khu|tinh|thanh pho))?\s*/,
      '',
    )
    .trim()
}

/** The words alone, without "và" and separators, for comparing names: `van hoa xa hoi`. */
export function wordsOf(core: string): string[] {
  return core.split(' ').filter((word) => word !== '' && word !== 'va' && word !== '|')
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
