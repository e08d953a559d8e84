import { layOut } from './lay-out.ts'
import { defaultLimits, type Limits } from './limits.ts'
import { catchRefusal, refuse, type SourceReading } from './refusal.ts'
import { RtfStory } from './rtf-story.ts'
import { readRtfTokens } from './rtf-tokens.ts'

/**
 * Reads a document in Rich Text Format: text with the numbers that Word printed, tables, footnotes, text boxes,
 * headers; letters by each font's code page, TCVN3 and VNI by the words. What cannot be read is a refusal.
 * Our own reader: the libraries for RTF leave tables, or code pages, or both.
 */
export function readRtfSource(bytes: Uint8Array, limits: Limits = defaultLimits): SourceReading {
  const start = bytes.indexOf(0x7b)
  if (start < 0) return refuse('damaged', { found: 'no group' })
  try {
    const story = new RtfStory(limits)
    const groupsLeft = readRtfTokens(bytes.subarray(start), story)
    // A file that was cut off may have lost its signature and its recipients: better say so.
    if (groupsLeft > 0) return refuse('damaged', { found: `${groupsLeft} groups not closed` })
    return layOut('rtf', story.finish(), limits)
  } catch (error) {
    return catchRefusal(error)
  }
}
