import {
  BorderStyle,
  Document,
  type FileChild,
  Footer,
  Header,
  type ISectionOptions,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  SectionType,
  TextRun,
} from 'docx'
import { documentOffice, documentTitle, partLine } from '../document-lines.ts'
import type { Annex, OfficialDocument } from '../document-model.ts'
import { fitHead } from '../head-geometry.ts'
import { holdNumbers, printableLine } from '../printable-text.ts'
import { settleTypesetting, type Typesetting, textWidthMm } from '../typesetting.ts'
import { bodyBlocks } from './body-blocks.ts'
import { addresseeParagraphs, documentHead, kindAndSubject } from './document-head.ts'
import { finishPackage } from './finish-package.ts'
import { mmToTwips, pointsToHalfPoints, pointsToTwips } from './measures.ts'
import { documentStyles, styleOf } from './paragraph-styles.ts'
import { signatureBlock } from './signature-block.ts'

/**
 * An official document as a Word file (DOCX) in its profile's layout: A4, editable by style, the same bytes
 * for the same model whenever it is made. The file's author is the issuing office, never a person.
 * Throws RangeError for a model that its author must mend: office options outside the profile, a table whose
 * cells don't fill its columns, no issuer.
 */
export async function renderDocx(document: OfficialDocument): Promise<Uint8Array> {
  if (document.issuer.length === 0) throw new RangeError('a document needs an issuer')
  const typesetting = fitHead(document, settleTypesetting(document))
  const file = new Document({
    title: documentTitle(document),
    creator: documentOffice(document),
    lastModifiedBy: documentOffice(document),
    styles: documentStyles(typesetting),
    sections: [
      mainSection(document, typesetting),
      ...(document.annexes ?? []).map((annex) => annexSection(annex, typesetting)),
    ],
  })
  return finishPackage(new Uint8Array(await Packer.toArrayBuffer(file)), {
    title: documentTitle(document),
    office: documentOffice(document),
    day: typeof document.date === 'string' ? document.date : null,
    mirrorMargins: typesetting.profile.margins.value.mirrored,
  })
}

function mainSection(document: OfficialDocument, typesetting: Typesetting): ISectionOptions {
  const closing = signatureBlock(document, typesetting)
  return {
    properties: { page: pageOf(typesetting, 'portrait'), titlePage: true },
    headers: { default: pageNumberHeader(typesetting), first: new Header({ children: [new Paragraph({})] }) },
    ...(document.contactLine ? { footers: { first: contactFooter(document.contactLine, typesetting) } } : {}),
    children: [
      documentHead(document, typesetting),
      ...kindAndSubject(document, typesetting),
      ...(document.addressees ? addresseeParagraphs(document.addressees, typesetting) : []),
      ...(document.kind === null && !document.addressees ? [airUnderHead()] : []),
      ...bodyBlocks(document.body, {
        typesetting,
        widthTwips: mmToTwips(textWidthMm(typesetting)),
        keepLast: closing.length > 0,
      }),
      ...closing,
      ...(document.annexes?.length ? [] : [lowLastLine()]),
    ],
  }
}

function annexSection(annex: Annex, typesetting: Typesetting): ISectionOptions {
  const orientation = annex.orientation ?? 'portrait'
  const heading: FileChild[] = [
    new Paragraph({
      style: styleOf('annexLabel'),
      children: [new TextRun(partLine(annex.label, 'annexLabel', typesetting))],
    }),
    new Paragraph({
      style: styleOf('annexTitle'),
      children: [new TextRun(partLine(annex.title, 'annexTitle', typesetting))],
    }),
    ...(annex.note
      ? [
          new Paragraph({
            style: styleOf('annexNote'),
            children: [new TextRun(`(${holdNumbers(printableLine(annex.note))})`)],
          }),
        ]
      : []),
  ]
  return {
    properties: {
      type: SectionType.NEXT_PAGE,
      page: {
        ...pageOf(typesetting, orientation),
        ...(typesetting.annexPageNumbers === 'restart' ? { pageNumbers: { start: 1 } } : {}),
      },
    },
    headers: { default: pageNumberHeader(typesetting) },
    children: [
      ...heading,
      ...bodyBlocks(annex.body, {
        typesetting,
        widthTwips: mmToTwips(textWidthMm(typesetting, orientation)),
        keepLast: false,
      }),
      lowLastLine(),
    ],
  }
}

function pageOf(typesetting: Typesetting, orientation: 'portrait' | 'landscape') {
  const { profile, margins } = typesetting
  return {
    // The packer turns width and height round itself for a landscape page.
    size: {
      width: mmToTwips(profile.page.value.widthMm),
      height: mmToTwips(profile.page.value.heightMm),
      orientation: orientation === 'landscape' ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
    },
    margin: {
      top: mmToTwips(margins.topMm),
      bottom: mmToTwips(margins.bottomMm),
      // With mirrored margins Word reads left as inner and right as outer.
      left: mmToTwips(margins.innerMm),
      right: mmToTwips(margins.outerMm),
      header: mmToTwips(profile.pageNumber.value.fromTopMm),
      footer: mmToTwips(10),
      gutter: 0,
    },
  }
}

function pageNumberHeader(typesetting: Typesetting): Header {
  return new Header({
    children: [
      new Paragraph({
        alignment: 'center',
        spacing: { before: 0, after: 0 },
        children: [
          new TextRun({
            children: [PageNumber.CURRENT],
            size: pointsToHalfPoints(typesetting.profile.pageNumber.value.sizePt.preferred),
          }),
        ],
      }),
    ],
  })
}

function contactFooter(contactLine: string, typesetting: Typesetting): Footer {
  return new Footer({
    children: [
      new Paragraph({
        style: styleOf('contactLine'),
        border: { top: { style: BorderStyle.SINGLE, size: 4, space: 3, color: '000000' } },
        children: [new TextRun(partLine(contactLine, 'contactLine', typesetting))],
      }),
    ],
  })
}

const airUnderHead = (): Paragraph =>
  new Paragraph({ style: 'headRule', spacing: { before: pointsToTwips(12), after: 0 } })

/** Word wants a paragraph after a last table; this one is too low to start a page. */
const lowLastLine = (): Paragraph =>
  new Paragraph({ style: 'headRule', spacing: { before: 0, after: 0, line: 20, lineRule: 'exact' } })
