import { TokenizerMode } from 'parse5'

/** Elements whose text the tokenizer must not take for mark-up, and which are no text of the document. */
export const rawElements = new Map<string, (typeof TokenizerMode)[keyof typeof TokenizerMode]>([
  ['script', TokenizerMode.SCRIPT_DATA],
  ['style', TokenizerMode.RAWTEXT],
  ['xmp', TokenizerMode.RAWTEXT],
  ['iframe', TokenizerMode.RAWTEXT],
  ['noembed', TokenizerMode.RAWTEXT],
  ['noframes', TokenizerMode.RAWTEXT],
  ['title', TokenizerMode.RCDATA],
  ['textarea', TokenizerMode.RCDATA],
])

/** Elements that are not the document: what a page is run by, and the way about the site it stands on. */
export const unreadElements = new Set([
  ...rawElements.keys(),
  ...['head', 'noscript', 'template', 'svg', 'math', 'object', 'select', 'button', 'nav', 'xml', 'datalist'],
])

/** Elements without content and without an end. */
export const voidElements = new Set(
  [
    'area',
    'base',
    'br',
    'col',
    'embed',
    'hr',
    'img',
    'input',
    'link',
    'meta',
    'source',
    'track',
    'wbr',
  ].concat(['basefont', 'bgsound', 'frame', 'param']),
)

/** Elements that stand on lines of their own. */
export const blockElements = new Set(
  'p div h1 h2 h3 h4 h5 h6 li ul ol dl dt dd blockquote pre center section article header footer main aside address figure figcaption caption form fieldset body html hr'.split(
    ' ',
  ),
)

/** A list that is open: how its items are numbered, and the next number. */
export interface HtmlList {
  ordered: boolean
  type: string
  next: number
  /** From 0. */
  depth: number
  /** Its items have no marks. */
  isBare: boolean
}

/** Elements that tables are made of. */
export function isTablePart(name: string): boolean {
  return /^(?:table|thead|tbody|tfoot|tr|td|th)$/.test(name)
}

const listFormats = new Map<string, string>([
  ['a', 'lowerLetter'],
  ['A', 'upperLetter'],
  ['i', 'lowerRoman'],
  ['I', 'upperRoman'],
])

/** A list as its tag sets it. */
export function openList(name: string, attributes: ReadonlyMap<string, string>, depth: number): HtmlList {
  const start = Number.parseInt(attributes.get('start') ?? '', 10)
  return {
    ordered: name === 'ol',
    type: listFormats.get(attributes.get('type') ?? '') ?? 'decimal',
    next: Number.isNaN(start) ? 1 : start,
    depth,
    isBare: /list-style(?:-type)?\s*:\s*none/i.test((attributes.get('style') ?? '').slice(0, 400)),
  }
}
