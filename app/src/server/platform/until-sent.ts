/** The same answer, which says when the last of it has gone out, or when nobody listens any more. */
export function untilSent(response: Response, ended: () => Promise<void>): Response {
  const reader = response.body?.getReader()
  if (!reader) {
    void ended()
    return response
  }
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      try {
        const { done, value } = await reader.read()
        if (!done) return controller.enqueue(value)
        controller.close()
      } catch (error) {
        controller.error(error)
      }
      await ended()
    },
    cancel: async (reason) => {
      await ended()
      await reader.cancel(reason)
    },
  })
  return new Response(body, response)
}
