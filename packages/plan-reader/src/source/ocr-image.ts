import type { Canvas } from '@napi-rs/canvas'
import type { PlacedRule } from './placed-text.ts'

/** A page in shades of grey, a byte a pixel, as the OCR takes it. */
export interface GreyImage {
  width: number
  height: number
  pixels: Uint8Array
}

/**
 * Turns a drawn page grey. Red goes white: seals are stamped in red across the signing line, and the letters
 * under them are black. Blue stays: numbers and days are written by hand in blue, and a number that was written
 * must be told from one that was left blank.
 */
export function readGrey(canvas: Canvas): GreyImage {
  const { width, height } = canvas
  const data = canvas.getContext('2d').getImageData(0, 0, width, height).data
  const pixels = new Uint8Array(width * height)
  for (let at = 0, from = 0; at < pixels.length; at++, from += 4) {
    const red = data[from] ?? 255
    const green = data[from + 1] ?? 255
    const blue = data[from + 2] ?? 255
    const reddish = red > 90 && red - Math.max(green, blue) > 45
    pixels[at] = reddish ? 255 : (red * 77 + green * 150 + blue * 29) >> 8
  }
  return { width, height, pixels }
}

/** As a portable grey map (PGM), which costs no packing and no unpacking. */
export function writePgm({ width, height, pixels }: GreyImage): Uint8Array {
  const head = new TextEncoder().encode(`P5\n${width} ${height}\n255\n`)
  const bytes = new Uint8Array(head.length + pixels.length)
  bytes.set(head)
  bytes.set(pixels, head.length)
  return bytes
}

/** Darker than this is ink. */
const ink = 140
/** A rule of a table is at least this long, in points: more than a dash or a letter's stem. */
const shortestRule = 24
const mostRules = 4000

/** The level and upright rules drawn on a page, as tables have them; places in points. */
export function findRules(image: GreyImage, scale: number): PlacedRule[] {
  const rules: PlacedRule[] = []
  const least = Math.round(shortestRule * scale)
  scan(
    image.height,
    image.width,
    (line, at) => image.pixels[line * image.width + at] ?? 255,
    least,
    (y, x1, x2) => {
      rules.push({ x1: x1 / scale, y1: y / scale, x2: x2 / scale, y2: y / scale })
    },
  )
  const level = mergeThick(rules.splice(0), 'y1', 'x1', 'x2')
  scan(
    image.width,
    image.height,
    (line, at) => image.pixels[at * image.width + line] ?? 255,
    least,
    (x, y1, y2) => {
      rules.push({ x1: x / scale, y1: y1 / scale, x2: x / scale, y2: y2 / scale })
    },
  )
  const upright = mergeThick(rules, 'x1', 'y1', 'y2')
  return level.length + upright.length > mostRules ? [] : [...level, ...upright]
}

/**
 * Takes the rules out of the picture, as the OCR reads a border as a letter and loses the cells beside it. `halo`
 * pixels to either side go too.
 */
export function eraseRules(image: GreyImage, rules: readonly PlacedRule[], scale: number, halo = 2): void {
  for (const { x1, y1, x2, y2 } of rules) {
    const [left, right] = [Math.floor(x1 * scale) - halo, Math.ceil(x2 * scale) + halo]
    const [top, bottom] = [Math.floor(y1 * scale) - halo, Math.ceil(y2 * scale) + halo]
    for (let y = Math.max(0, top); y <= bottom && y < image.height; y++) {
      image.pixels.fill(
        255,
        y * image.width + Math.max(0, left),
        y * image.width + Math.min(image.width, right + 1),
      )
    }
  }
}

/** Whitens a box, in points. */
export function blankBox(
  image: GreyImage,
  box: { left: number; top: number; right: number; bottom: number },
  scale: number,
): void {
  const [left, right] = [Math.max(0, Math.floor(box.left * scale)), Math.ceil(box.right * scale)]
  for (let y = Math.max(0, Math.floor(box.top * scale)); y < box.bottom * scale && y < image.height; y++) {
    image.pixels.fill(255, y * image.width + left, y * image.width + Math.min(image.width, right))
  }
}

/** How many pixels of ink there are in a box, in points. */
export function countInk(
  image: GreyImage,
  box: { left: number; top: number; right: number; bottom: number },
  scale: number,
): number {
  let count = 0
  for (let y = Math.max(0, Math.ceil(box.top * scale)); y < box.bottom * scale && y < image.height; y++) {
    for (let x = Math.max(0, Math.ceil(box.left * scale)); x < box.right * scale && x < image.width; x++) {
      if ((image.pixels[y * image.width + x] ?? 255) < ink) count++
    }
  }
  return count
}

/** Cuts a box out, in points, with white round it: letters that touch the edge are not read. */
export function cutBox(
  image: GreyImage,
  box: { left: number; top: number; right: number; bottom: number },
  scale: number,
): GreyImage & { left: number; top: number } {
  const margin = Math.round(6 * scale)
  const left = Math.max(0, Math.round(box.left * scale))
  const top = Math.max(0, Math.round(box.top * scale))
  const right = Math.min(image.width, Math.round(box.right * scale))
  const bottom = Math.min(image.height, Math.round(box.bottom * scale))
  const width = Math.max(1, right - left) + margin * 2
  const height = Math.max(1, bottom - top) + margin * 2
  const pixels = new Uint8Array(width * height).fill(255)
  for (let y = top; y < bottom; y++) {
    pixels.set(
      image.pixels.subarray(y * image.width + left, y * image.width + right),
      (y - top + margin) * width + margin,
    )
  }
  return { width, height, pixels, left: left - margin, top: top - margin }
}

function scan(
  lines: number,
  length: number,
  shade: (line: number, at: number) => number,
  least: number,
  found: (line: number, from: number, to: number) => void,
): void {
  let count = 0
  for (let line = 0; line < lines; line++) {
    let start = -1
    let gap = 0
    for (let at = 0; at <= length; at++) {
      if (at < length && shade(line, at) < ink) {
        if (start < 0) start = at
        gap = 0
        continue
      }
      // A worn rule has holes of a pixel or two.
      if (start >= 0 && (++gap > 2 || at === length)) {
        if (at - gap - start >= least && count++ < mostRules * 8) found(line, start, at - gap)
        start = -1
        gap = 0
      }
    }
  }
}

/** A rule is some pixels thick, and a black bar many: runs side by side are one rule, thick ones are none. */
function mergeThick(
  rules: readonly PlacedRule[],
  across: 'x1' | 'y1',
  from: 'x1' | 'y1',
  to: 'x2' | 'y2',
): PlacedRule[] {
  const merged: { rule: PlacedRule; first: number; last: number }[] = []
  for (const rule of rules) {
    let home: (typeof merged)[number] | undefined
    for (let at = merged.length - 1; at >= 0 && at >= merged.length - 60; at--) {
      const other = merged[at]
      if (other === undefined || rule[across] - other.last > 1.2) continue
      if (rule[from] <= other.rule[to] + 2 && rule[to] >= other.rule[from] - 2) {
        home = other
        break
      }
    }
    if (home === undefined) merged.push({ rule: { ...rule }, first: rule[across], last: rule[across] })
    else {
      home.last = rule[across]
      home.rule[from] = Math.min(home.rule[from], rule[from])
      home.rule[to] = Math.max(home.rule[to], rule[to])
    }
  }
  return merged
    .filter(({ first, last }) => last - first < 4)
    .map(({ rule, first, last }) => {
      const middle = (first + last) / 2
      return across === 'y1' ? { ...rule, y1: middle, y2: middle } : { ...rule, x1: middle, x2: middle }
    })
}
