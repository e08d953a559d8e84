import {
  type ParagraphProperties,
  type RunProperties,
  takeParagraphProperty,
  takeRunProperty,
} from './docx-properties.ts'
import type { Limits } from './limits.ts'
import { streamXml, type XmlAttributes } from './xml-stream.ts'

interface Style {
  id: string
  name: string
  kind: string
  isDefault: boolean
  basedOn?: string
  paragraph: ParagraphProperties
  run: RunProperties
  /** Edges that a table style draws or takes away. */
  edges: Map<string, boolean>
}

/** How a paragraph of a style looks, its whole chain of styles taken together. */
export interface ParagraphLook extends ParagraphProperties {
  run: RunProperties
  /** 1–6 where the style is a heading. */
  heading?: number
  /** A line of a table of contents: the document's own sections once more. */
  isContents: boolean
}

export interface DocxStyles {
  lookOf(paragraphStyle: string | undefined): ParagraphLook
  /** What a run shows in the end: its style, its paragraph's and its own marks together. */
  resolveRun(paragraph: ParagraphLook, run: RunProperties): RunProperties
  /** The edges of a table style; true is drawn. */
  edgesOf(tableStyle: string | undefined): Map<string, boolean>
}

// Word's own chains are at most about ten styles long; a longer one goes in circles.
const longestChain = 30

/** Reads `word/styles.xml`, or stands for its absence. Throws {@link StopReading}. */
export function readStyles(part: Uint8Array | undefined, limits: Limits): DocxStyles {
  const listener = new StylesListener()
  if (part) streamXml(part, 'styles.xml', limits, listener)
  return new StyleSheet(listener.styles, listener.defaults)
}

class StylesListener {
  styles = new Map<string, Style>()
  defaults: RunProperties = {}
  #style: Style | undefined
  #inDefaults = false
  #inParagraph = false
  #inRun = false
  #inEdges = false
  #conditionalDepth = 0

  open(name: string, attributes: XmlAttributes): void {
    // What a table style says of its first row or last column is no property of the style.
    if (this.#conditionalDepth > 0 || name === 'w:tblStylePr') {
      this.#conditionalDepth += 1
      return
    }
    switch (name) {
      case 'w:docDefaults':
        this.#inDefaults = true
        return
      case 'w:style':
        this.#style = {
          id: attributes['w:styleId'] ?? '',
          name: '',
          kind: attributes['w:type'] ?? 'paragraph',
          isDefault: attributes['w:default'] === '1' || attributes['w:default'] === 'true',
          paragraph: {},
          run: {},
          edges: new Map(),
        }
        return
      case 'w:pPr':
        this.#inParagraph = true
        return
      case 'w:rPr':
        this.#inRun = true
        return
      case 'w:tblBorders':
        this.#inEdges = true
        return
    }
    if (this.#inRun) {
      if (this.#inDefaults) takeRunProperty(this.defaults, name, attributes)
      else if (this.#style) takeRunProperty(this.#style.run, name, attributes)
    } else if (this.#style) {
      if (this.#inParagraph) takeParagraphProperty(this.#style.paragraph, name, attributes)
      else if (this.#inEdges) this.#style.edges.set(name, isDrawn(attributes))
      else if (name === 'w:name') this.#style.name = (attributes['w:val'] ?? '').toLowerCase()
      else if (name === 'w:basedOn' && attributes['w:val'] !== undefined)
        this.#style.basedOn = attributes['w:val']
    }
  }

  close(name: string): void {
    if (this.#conditionalDepth > 0) {
      this.#conditionalDepth -= 1
      return
    }
    if (name === 'w:docDefaults') this.#inDefaults = false
    else if (name === 'w:pPr') this.#inParagraph = false
    else if (name === 'w:rPr') this.#inRun = false
    else if (name === 'w:tblBorders') this.#inEdges = false
    else if (name === 'w:style' && this.#style) {
      this.styles.set(this.#style.id, this.#style)
      this.#style = undefined
    }
  }
}

/** Whether a border element draws a line. */
export function isDrawn(attributes: XmlAttributes): boolean {
  const line = attributes['w:val']
  return line !== undefined && line !== 'nil' && line !== 'none'
}

class StyleSheet implements DocxStyles {
  #styles: Map<string, Style>
  #defaults: RunProperties
  #defaultParagraph: string | undefined
  #looks = new Map<string | undefined, ParagraphLook>()
  #characters = new Map<string, RunProperties>()

  constructor(styles: Map<string, Style>, defaults: RunProperties) {
    this.#styles = styles
    this.#defaults = defaults
    for (const style of styles.values())
      if (style.isDefault && style.kind === 'paragraph') this.#defaultParagraph = style.id
  }

  lookOf(paragraphStyle: string | undefined): ParagraphLook {
    const known = this.#looks.get(paragraphStyle)
    if (known) return known
    const look = this.#resolveLook(paragraphStyle)
    this.#looks.set(paragraphStyle, look)
    return look
  }

  resolveRun(paragraph: ParagraphLook, run: RunProperties): RunProperties {
    const style = run.style === undefined ? undefined : this.#characterLook(run.style)
    return {
      bold: run.bold ?? this.#toggle('bold', paragraph.run, style),
      italic: run.italic ?? this.#toggle('italic', paragraph.run, style),
      capitals: run.capitals ?? this.#toggle('capitals', paragraph.run, style),
      hidden: run.hidden ?? this.#toggle('hidden', paragraph.run, style),
      ...optional('font', run.font ?? style?.font ?? paragraph.run.font ?? this.#defaults.font),
    }
  }

  edgesOf(tableStyle: string | undefined): Map<string, boolean> {
    const edges = new Map<string, boolean>()
    for (const style of this.#chain(tableStyle))
      for (const [edge, drawn] of style.edges) edges.set(edge, drawn)
    return edges
  }

  /** Bold in a paragraph style and bold in a character style on top of it cancel out (17.7.3). */
  #toggle(
    name: 'bold' | 'italic' | 'capitals' | 'hidden',
    paragraph: RunProperties,
    character: RunProperties | undefined,
  ): boolean {
    return this.#defaults[name] === true || (paragraph[name] === true) !== (character?.[name] === true)
  }

  #resolveLook(id: string | undefined): ParagraphLook {
    const known = id !== undefined && this.#styles.has(id) ? id : this.#defaultParagraph
    const look: ParagraphLook = { run: {}, isContents: false }
    for (const style of this.#chain(known)) {
      Object.assign(look, style.paragraph)
      Object.assign(look.run, style.run)
      const named = /^heading ([1-6])$/.exec(style.name)
      if (named) look.heading = Number(named[1])
    }
    if (look.outline !== undefined && look.outline < 6) look.heading ??= look.outline + 1
    const name = known === undefined ? '' : (this.#styles.get(known)?.name ?? '')
    look.isContents = /^toc \d/.test(name)
    if (known !== undefined) look.style = known
    return look
  }

  #characterLook(id: string): RunProperties {
    const known = this.#characters.get(id)
    if (known) return known
    const look: RunProperties = {}
    for (const style of this.#chain(id)) if (style.kind === 'character') Object.assign(look, style.run)
    this.#characters.set(id, look)
    return look
  }

  /** A style and those that it is based on, the oldest first. */
  #chain(id: string | undefined): Style[] {
    const chain: Style[] = []
    let at = id
    while (at !== undefined && chain.length < longestChain) {
      const style = this.#styles.get(at)
      if (!style || chain.includes(style)) break
      chain.push(style)
      at = style.basedOn
    }
    return chain.reverse()
  }
}

function optional<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { [key in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { [key in Name]: Value })
}
