import { Readable } from 'node:stream'
import { savedAs } from './send-file.ts'

/** A file that is made while it goes out: as a download that runs nothing, its length unknown beforehand. */
export function sendPortions(
  portions: AsyncIterable<Uint8Array>,
  as: { name: string; mediaType: string },
): Response {
  const stream = Readable.toWeb(Readable.from(portions, { objectMode: false })) as ReadableStream<Uint8Array>
  return new Response(stream, { headers: savedAs(as) })
}
