import { Readable } from 'node:stream'
import { renderDocx } from '@trienkhai/official-document/docx/render-docx.ts'
import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { fileNameOf, officialPaper } from '#features/papers/official-paper.ts'
import { getPaper } from '#features/papers/server/reads.ts'
import { papers } from '#server/access/papers.ts'
import { requireMay } from '#server/access/require.ts'
import { sendFile } from '../../../send-file.ts'
import { signedIn } from '../../../signed-in.ts'
import type { RequestHandler } from './$types'

const wordFile = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

export const GET: RequestHandler = async ({ locals, params }) => {
  const { reader, scope } = signedIn(locals)
  const paper = await getPaper(reader, scope, params.id)
  requireMay(papers.download(scope, paper))
  const bytes = await renderDocx(officialPaper(paper.content, paper.figuresOn as CivilDate, paper.issue))
  return sendFile(
    { size: bytes.byteLength, stream: () => Readable.from([bytes]) },
    {
      name: fileNameOf(paper.kind, { number: paper.planNumber, subject: paper.planSubject }),
      mediaType: wordFile,
    },
  )
}
