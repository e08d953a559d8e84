import { type FontHint, hintOfFont } from './draft.ts'

/** Code pages by a font's character set (`\fcharset`); others are Western, as TCVN3 and VNI fonts say of themselves. */
const codePages: Record<number, string> = {
  77: 'macintosh',
  128: 'shift_jis',
  129: 'euc-kr',
  134: 'gbk',
  136: 'big5',
  161: 'windows-1253',
  162: 'windows-1254',
  163: 'windows-1258',
  177: 'windows-1255',
  178: 'windows-1256',
  186: 'windows-1257',
  204: 'windows-1251',
  222: 'windows-874',
  238: 'windows-1250',
}

/** Code pages that a file may name as its own (`\ansicpg`). */
const knownPages = new Set([1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258, 874])

export interface RtfFont {
  name: string
  hint: FontHint
  /** A label that TextDecoder takes; undefined is the file's own. */
  codePage: string | undefined
  isSymbol: boolean
}

/** The table of fonts as it is read: `{\f0\fcharset163 Times New Roman;}`. */
export class RtfFonts {
  #fonts = new Map<number, RtfFont>()
  #name = ''
  #charset = 0
  #index: number | undefined
  #decoders = new Map<string, InstanceType<typeof TextDecoder>>()
  #filePage = 'windows-1252'

  setFilePage(page: number): void {
    if (knownPages.has(page)) this.#filePage = page === 874 ? 'windows-874' : `windows-${page}`
  }

  startFont(index: number): void {
    this.endFont()
    this.#index = index
    this.#name = ''
    this.#charset = 0
  }

  setCharset(charset: number): void {
    this.#charset = charset
  }

  addName(text: string): void {
    if (this.#name.length < 100) this.#name += text
  }

  endFont(): void {
    if (this.#index === undefined) return
    const name = this.#name.replace(/;.*$/s, '').trim()
    this.#fonts.set(this.#index, {
      name,
      hint: hintOfFont(name),
      codePage: codePages[this.#charset],
      isSymbol: this.#charset === 2,
    })
    this.#index = undefined
  }

  find(index: number | undefined): RtfFont | undefined {
    return index === undefined ? undefined : this.#fonts.get(index)
  }

  /** Bytes of text in a font, as Unicode. */
  decode(bytes: number[], font: RtfFont | undefined): string {
    const page = font?.codePage ?? this.#filePage
    let decoder = this.#decoders.get(page)
    if (!decoder) {
      decoder = new TextDecoder(page)
      this.#decoders.set(page, decoder)
    }
    return decoder.decode(Uint8Array.from(bytes))
  }
}
