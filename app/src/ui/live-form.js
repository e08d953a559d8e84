// A form that is answered by its page, asked again at each change: the part of the page that it names is brought up to
// date, the rest stays as it is. Without a script the form's button does the same.
for (const form of document.querySelectorAll('form[data-live]')) {
  let latest
  form.addEventListener('change', async () => {
    const asked = new AbortController()
    latest?.abort()
    latest = asked
    const address = `${form.action}?${new URLSearchParams(new FormData(form))}`
    try {
      const answer = await fetch(address, { signal: asked.signal })
      if (!answer.ok) return
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
      const [now, then] = [document, page].map((one) => one.getElementById(form.dataset.live))
      if (now && then) now.replaceWith(then)
      history.replaceState(null, '', address)
    } catch (error) {
      if (error.name !== 'AbortError') throw error
    }
  })
}
