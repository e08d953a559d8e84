import { childOf, descendantsOf, type XmlNode } from './word-file.ts'

/** What a Word file says of its layout, styles resolved; lengths in millimetres, sizes in points. */
export interface ReadParagraph {
  readonly text: string
  readonly runs: readonly ReadRun[]
  readonly align: 'left' | 'centre' | 'right' | 'justify'
  readonly firstLineMm: number
  readonly leftMm: number
  readonly rightMm: number
  readonly beforePt: number
  readonly afterPt: number
  readonly line: { readonly kind: 'at-least' | 'exactly' | 'lines'; readonly value: number }
  /** A rule drawn as the paragraph's own border, above or below. */
  readonly hasRule: boolean
  readonly hasPageNumber: boolean
  /** The width of the cell it stands in; null in running text. */
  readonly cellMm: number | null
}

export interface ReadRun {
  readonly text: string
  readonly font: string
  readonly sizePt: number
  readonly bold: boolean
  readonly italic: boolean
  readonly underline: boolean
}

export interface ReadTable {
  readonly rows: readonly ReadRow[]
  readonly widthMm: number
  readonly hasBorders: boolean
}

export interface ReadRow {
  readonly repeats: boolean
  readonly mayBreak: boolean
  readonly cells: readonly (readonly ReadParagraph[])[]
}

export type ReadBlock =
  | { readonly kind: 'paragraph'; readonly paragraph: ReadParagraph }
  | { readonly kind: 'table'; readonly table: ReadTable }

const twipsPerMm = 1440 / 25.4

export const numberOf = (node: XmlNode | undefined, attribute: string): number | undefined => {
  const value = Number(node?.attributes[attribute])
  return node?.attributes[attribute] !== undefined && Number.isFinite(value) ? value : undefined
}

const valOf = (node: XmlNode | undefined): string | undefined => node?.attributes['w:val']

const isOn = (node: XmlNode): boolean => !['0', 'false', 'off'].includes(valOf(node) ?? '1')

/** A set of properties, nearest first: direct ones, then the style and its ancestors, then the defaults. */
type Chain = readonly XmlNode[]

const find = (chain: Chain, name: string): XmlNode | undefined => {
  for (const properties of chain) {
    const found = childOf(properties, name)
    if (found) return found
  }
  return undefined
}

const findAttribute = (chain: Chain, name: string, attribute: string): number | undefined => {
  for (const properties of chain) {
    const found = numberOf(childOf(properties, name), attribute)
    if (found !== undefined) return found
  }
  return undefined
}

/** Reads paragraphs and tables with the styles of a file. */
export class LayoutReader {
  readonly #styles = new Map<string, XmlNode>()
  readonly #defaultStyle: string | undefined
  readonly #paragraphDefaults: XmlNode | undefined
  readonly #runDefaults: XmlNode | undefined

  constructor(styles: XmlNode | undefined) {
    for (const style of styles?.children ?? []) {
      const id = style.attributes['w:styleId']
      if (style.name === 'w:style' && id !== undefined) this.#styles.set(id, style)
    }
    this.#defaultStyle = styles?.children.find(
      (style) =>
        style.attributes['w:type'] === 'paragraph' &&
        ['1', 'true'].includes(style.attributes['w:default'] ?? ''),
    )?.attributes['w:styleId']
    const defaults = childOf(styles, 'w:docDefaults')
    this.#paragraphDefaults = childOf(childOf(defaults, 'w:pPrDefault'), 'w:pPr')
    this.#runDefaults = childOf(childOf(defaults, 'w:rPrDefault'), 'w:rPr')
  }

  /** The blocks of a body, a header or a cell, in order. */
  readBlocks(parent: XmlNode): ReadBlock[] {
    return parent.children.flatMap((child): ReadBlock[] => {
      if (child.name === 'w:p') return [{ kind: 'paragraph', paragraph: this.readParagraph(child, null) }]
      if (child.name === 'w:tbl') return [{ kind: 'table', table: this.#readTable(child) }]
      if (child.name === 'w:sdt') return this.readBlocks(childOf(child, 'w:sdtContent') ?? child)
      return []
    })
  }

  readParagraph(node: XmlNode, cellMm: number | null): ReadParagraph {
    const direct = childOf(node, 'w:pPr')
    const styles = this.#stylesFrom(valOf(childOf(direct, 'w:pStyle')) ?? this.#defaultStyle)
    const chain = present([
      direct,
      ...styles.map((style) => childOf(style, 'w:pPr')),
      this.#paragraphDefaults,
    ])
    const runs = descendantsOf(node, 'w:r').map((run) => this.#readRun(run, styles))
    const spacing = (attribute: string) => findAttribute(chain, 'w:spacing', attribute)
    const indent = (...attributes: string[]) =>
      attributes
        .map((attribute) => findAttribute(chain, 'w:ind', attribute))
        .find((value) => value !== undefined) ?? 0
    const border = find(chain, 'w:pBdr')
    const lineRule = chain.map((each) => childOf(each, 'w:spacing')?.attributes['w:lineRule']).find(Boolean)
    const line = spacing('w:line') ?? 240
    return {
      text: runs.map((run) => run.text).join(''),
      runs,
      align: alignmentOf(valOf(find(chain, 'w:jc'))),
      firstLineMm: (indent('w:firstLine') - indent('w:hanging')) / twipsPerMm,
      leftMm: indent('w:left', 'w:start') / twipsPerMm,
      rightMm: indent('w:right', 'w:end') / twipsPerMm,
      beforePt: (spacing('w:before') ?? 0) / 20,
      afterPt: (spacing('w:after') ?? 0) / 20,
      line:
        lineRule === 'exact'
          ? { kind: 'exactly', value: line / 20 }
          : lineRule === 'atLeast'
            ? { kind: 'at-least', value: line / 20 }
            : { kind: 'lines', value: line / 240 },
      hasRule: ['w:top', 'w:bottom'].some((side) => {
        const kind = valOf(childOf(border, side))
        return kind !== undefined && kind !== 'none' && kind !== 'nil'
      }),
      hasPageNumber:
        descendantsOf(node, 'w:instrText').some((field) => /\bPAGE\b/.test(field.text)) ||
        descendantsOf(node, 'w:fldSimple').some((field) =>
          /\bPAGE\b/.test(field.attributes['w:instr'] ?? ''),
        ),
      cellMm,
    }
  }

  #readRun(node: XmlNode, paragraphStyles: readonly XmlNode[]): ReadRun {
    const direct = childOf(node, 'w:rPr')
    const own = this.#stylesFrom(valOf(childOf(direct, 'w:rStyle')))
    const chain = present([
      direct,
      ...[...own, ...paragraphStyles].map((style) => childOf(style, 'w:rPr')),
      this.#runDefaults,
    ])
    const switchedOn = (name: string): boolean => {
      const found = find(chain, name)
      return found ? isOn(found) : false
    }
    const underline = valOf(find(chain, 'w:u'))
    return {
      text: node.children.map(textOf).join(''),
      font: fontOf(chain),
      sizePt: (findAttribute(chain, 'w:sz', 'w:val') ?? 20) / 2,
      bold: switchedOn('w:b'),
      italic: switchedOn('w:i'),
      underline: underline !== undefined && underline !== 'none',
    }
  }

  #readTable(node: XmlNode): ReadTable {
    const grid = (childOf(node, 'w:tblGrid')?.children ?? []).map((column) => numberOf(column, 'w:w') ?? 0)
    const borders = childOf(childOf(node, 'w:tblPr'), 'w:tblBorders')
    return {
      widthMm: grid.reduce((sum, width) => sum + width, 0) / twipsPerMm,
      hasBorders: (borders?.children ?? []).some((side) => !['none', 'nil'].includes(valOf(side) ?? 'none')),
      rows: node.children.filter((child) => child.name === 'w:tr').map((row) => this.#readRow(row)),
    }
  }

  #readRow(node: XmlNode): ReadRow {
    const properties = childOf(node, 'w:trPr')
    const has = (name: string): boolean => {
      const found = childOf(properties, name)
      return found ? isOn(found) : false
    }
    return {
      repeats: has('w:tblHeader'),
      mayBreak: !has('w:cantSplit'),
      cells: node.children
        .filter((child) => child.name === 'w:tc')
        .map((cell) => {
          const width = numberOf(childOf(childOf(cell, 'w:tcPr'), 'w:tcW'), 'w:w')
          const cellMm = width === undefined ? null : width / twipsPerMm
          return descendantsOf(cell, 'w:p').map((paragraph) => this.readParagraph(paragraph, cellMm))
        }),
    }
  }

  /** A style and what it is based on; a circle of styles ends where it closes. */
  #stylesFrom(id: string | undefined): XmlNode[] {
    const found: XmlNode[] = []
    let next = id
    while (next !== undefined) {
      const style = this.#styles.get(next)
      if (!style || found.includes(style)) break
      found.push(style)
      next = valOf(childOf(style, 'w:basedOn'))
    }
    return found
  }
}

const present = (nodes: readonly (XmlNode | undefined)[]): XmlNode[] =>
  nodes.filter((node): node is XmlNode => node !== undefined)

function textOf(node: XmlNode): string {
  switch (node.name) {
    case 'w:t':
      return node.text
    case 'w:tab':
      return '\t'
    case 'w:br':
      return '\n'
    case 'w:noBreakHyphen':
      return '-'
    default:
      return ''
  }
}

function fontOf(chain: Chain): string {
  for (const properties of chain) {
    const fonts = childOf(properties, 'w:rFonts')
    const name = fonts?.attributes['w:hAnsi'] ?? fonts?.attributes['w:ascii']
    if (name !== undefined) return name
    if (fonts?.attributes['w:asciiTheme'] !== undefined) return 'theme'
  }
  return ''
}

function alignmentOf(value: string | undefined): ReadParagraph['align'] {
  if (value === 'center') return 'centre'
  if (value === 'right' || value === 'end') return 'right'
  if (value === 'both' || value === 'distribute') return 'justify'
  return 'left'
}
