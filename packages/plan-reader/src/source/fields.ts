/**
 * Fields of Word (ECMA-376, 17.16; RTF and .doc have the same): a code that Word works out, and the result it last printed. The code is no text; a result is,
 * save page numbers, which belong to the paper and not to what is written on it.
 */
export class Fields {
  #open: { code: string; inCode: boolean; isPageNumber: boolean }[] = []
  #silent = 0
  #inCode = 0

  /** Whether text at this place is printed as part of the document. */
  get speaks(): boolean {
    return this.#silent === 0
  }

  mark(kind: string | undefined): void {
    if (kind === 'begin') {
      this.#open.push({ code: '', inCode: true, isPageNumber: false })
      this.#silent += 1
      this.#inCode += 1
      return
    }
    const field = this.#open.at(-1)
    if (!field) return
    if (kind === 'separate' && field.inCode) {
      field.inCode = false
      this.#inCode -= 1
      field.isPageNumber = isPageNumberCode(field.code)
      if (!field.isPageNumber) this.#silent -= 1
    } else if (kind === 'end') {
      if (field.inCode || field.isPageNumber) this.#silent -= 1
      if (field.inCode) this.#inCode -= 1
      this.#open.pop()
    }
  }

  addCode(text: string): void {
    const field = this.#open.at(-1)
    if (field?.inCode && field.code.length < 200) field.code += text
  }

  /** A code ends with its paragraph: one left open by damage must not silence the rest of the document. */
  endParagraph(): void {
    // Codes still open were opened last; those further down are results, and there may be very many.
    for (let at = this.#open.length - 1; this.#inCode > 0 && at >= 0; at--) {
      const field = this.#open[at]
      if (!field?.inCode) continue
      field.inCode = false
      this.#inCode -= 1
      this.#silent -= 1
    }
  }
}

/** PAGE, NUMPAGES and SECTIONPAGES. */
export function isPageNumberCode(code: string | undefined): boolean {
  return code !== undefined && /^\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b/i.test(code)
}
