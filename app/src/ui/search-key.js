// "/" goes to the page's search field. A file of its own, as the browser takes it: pages come without other scripts.
document.addEventListener('keydown', (event) => {
  const { target } = event
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return
  if (target instanceof Element && target.closest('input, textarea, select')) return
  const field = document.querySelector('main input[type="search"]')
  if (!(field instanceof HTMLInputElement)) return
  event.preventDefault()
  field.focus()
})
