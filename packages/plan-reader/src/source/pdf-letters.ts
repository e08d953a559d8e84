import {
  convertLegacy,
  detectLegacyEncoding,
  type LegacyEncoding,
} from '@trienkhai/vietnamese/legacy-encodings.ts'
import { hintOfFont } from './draft.ts'
import type { PlacedRun } from './placed-text.ts'
import { judgeTextQuality } from './text-quality.ts'

/**
 * Text layers of papers written in TCVN3 or VNI fonts carry the codes of those fonts, which read as noise:
 * `KÕ ho¹ch`. Converts a page of them; undefined where that does not make it readable.
 */
export function convertLegacyRuns(
  runs: readonly PlacedRun[],
): { runs: PlacedRun[]; encoding: LegacyEncoding } | undefined {
  const encoding = detectLegacyEncoding(runs.map((run) => run.text).join(' '))
  if (encoding === undefined) return undefined
  const converted = runs.map((run) => ({
    ...run,
    text: convertLegacy(run.text, encoding, hintOfFont(run.font) === 'tcvn3-capitals'),
  }))
  const readable = judgeTextQuality(converted.map((run) => run.text).join(' ')) === 'good'
  return readable ? { runs: converted, encoding } : undefined
}
