import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createWorker, OEM, PSM, type Worker } from 'tesseract.js'
import { type GreyImage, writePgm } from './ocr-image.ts'
import { untilAborted } from './pdf-document.ts'

/** One word that the OCR made out, places in pixels of the image that was given. */
export interface OcrWord {
  text: string
  /** 0 to 1. */
  confidence: number
  x: number
  y: number
  width: number
  height: number
}

export interface OcrLine {
  words: OcrWord[]
  /** Where the line's letters stand, in pixels, at its middle. */
  baseline: number
  /** From the top of the tallest letters to the bottom of the deepest. */
  height: number
}

/** Reads Vietnamese print from pictures in a thread of its own, off line: engine and letters come with packages. */
export interface OcrEngine {
  /** `dpi`: pixels an inch. Rejects with the signal's reason, and the engine is then of no more use. */
  read: (image: GreyImage, dpi: number, signal?: AbortSignal) => Promise<OcrLine[]>
  /** As `read`, for a cut-out that holds one block of text and nothing else. */
  readBlock: (image: GreyImage, dpi: number, signal?: AbortSignal) => Promise<OcrLine[]>
  stop: () => Promise<void>
}

const require = createRequire(import.meta.url)

/** The model trained best, with whole numbers for weights: as good as the float one, and a third of its size. */
const lettersFolder = join(dirname(require.resolve('@tesseract.js-data/vie')), '4.0.0_best_int')

export async function startOcr(signal?: AbortSignal): Promise<OcrEngine> {
  const starting = createWorker('vie', OEM.LSTM_ONLY, {
    // Without these two the library would ask a network for the letters, and leave a copy in the working folder.
    langPath: lettersFolder,
    cacheMethod: 'none',
    gzip: true,
    logger: () => undefined,
    // Without it an error in the thread would end the whole process; it also comes back from the call.
    errorHandler: () => undefined,
  })
  let worker: Worker
  try {
    worker = await untilAborted(starting, signal)
  } catch (error) {
    starting.then((late) => late.terminate()).catch(() => undefined)
    throw error
  }
  const recognize = async (
    image: GreyImage,
    dpi: number,
    mode: PSM,
    stopped: AbortSignal | undefined,
  ): Promise<OcrLine[]> => {
    await worker.setParameters({ user_defined_dpi: String(Math.round(dpi)), tessedit_pageseg_mode: mode })
    const reading = worker.recognize(
      Buffer.from(writePgm(image)),
      { rotateAuto: mode === PSM.AUTO },
      { blocks: true, text: false },
    )
    const { data } = await untilAborted(reading, stopped)
    const turn = data.rotateRadians ?? 0
    return (data.blocks ?? []).flatMap((block) =>
      block.paragraphs.flatMap((paragraph) => paragraph.lines.map((line) => readLine(line, image, turn))),
    )
  }
  return {
    read: (image, dpi, stopped) => recognize(image, dpi, PSM.AUTO, stopped),
    readBlock: (image, dpi, stopped) => recognize(image, dpi, PSM.SINGLE_BLOCK, stopped),
    stop: async () => {
      await worker.terminate()
    },
  }
}

interface Corners {
  x0: number
  y0: number
  x1: number
  y1: number
}

function readLine(
  line: {
    words: { text: string; confidence: number; bbox: Corners }[]
    baseline: Corners
    bbox: Corners
    rowAttributes: { rowHeight: number }
  },
  image: GreyImage,
  turn: number,
): OcrLine {
  const words = line.words.map(({ text, confidence, bbox }): OcrWord => {
    const { x, y } = turnBack(bbox, image, turn)
    return { text, confidence: confidence / 100, x, y, width: bbox.x1 - bbox.x0, height: bbox.y1 - bbox.y0 }
  })
  const middle = { x0: line.baseline.x0, y0: line.baseline.y0, x1: line.baseline.x1, y1: line.baseline.y1 }
  const flat = turnBack(middle, image, turn)
  const height = line.rowAttributes.rowHeight || line.bbox.y1 - line.bbox.y0
  return { words, baseline: flat.y + (middle.y1 - middle.y0) / 2, height }
}

/** The engine sets a page upright that lies askew by a degree or two; places go back to the page as it is. */
function turnBack(box: Corners, image: GreyImage, turn: number): { x: number; y: number } {
  const [x, y] = [(box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2]
  if (turn === 0) return { x: box.x0, y: box.y0 }
  const [mx, my] = [image.width / 2, image.height / 2]
  const [sine, cosine] = [Math.sin(turn), Math.cos(turn)]
  const turnedX = mx + (x - mx) * cosine - (y - my) * sine
  const turnedY = my + (x - mx) * sine + (y - my) * cosine
  return { x: turnedX - (box.x1 - box.x0) / 2, y: turnedY - (box.y1 - box.y0) / 2 }
}
