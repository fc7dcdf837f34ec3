/** Sends a form that carries files while saying how far it has come; what goes wrong on the way leaves the files chosen, and the form's own key keeps them from being taken twice. */
export function sendFiles(): void {
  document.addEventListener('submit', (event) => {
    const form = event.target
    if (!(form instanceof HTMLFormElement) || form.enctype !== 'multipart/form-data') return
    event.preventDefault()
    send(form)
  })
}

function send(form: HTMLFormElement): void {
  const request = new XMLHttpRequest()
  const failed = () => show(form, { hasFailed: true })
  request.open('POST', form.action)
  request.responseType = 'document'
  request.upload.addEventListener('progress', ({ loaded, total }) =>
    show(form, { percent: total ? Math.floor((100 * loaded) / total) : 0 }),
  )
  request.addEventListener('error', failed)
  request.addEventListener('load', () => (request.status < 500 ? arrive(form, request) : failed()))
  request.send(new FormData(form))
  show(form, { percent: 0 })
}

/** Goes where the answer leads. A page that found something wrong takes the place of this one's main part. */
function arrive(form: HTMLFormElement, { status, responseURL, response }: XMLHttpRequest): void {
  if (status < 400) return location.assign(responseURL)
  const main = (response as Document | null)?.querySelector('main') // as its type was asked for
  if (!main) return form.submit()
  const shown = document.importNode(main, true)
  document.querySelector('main')?.replaceWith(shown)
  shown.tabIndex = -1
  shown.focus()
  scrollTo(0, 0)
}

function show(form: HTMLFormElement, { percent, hasFailed = false }: { percent?: number; hasFailed?: boolean }): void {
  const part = <T extends HTMLElement>(selector: string) => form.querySelector<T>(selector)! // every form with files carries them
  const button = part<HTMLButtonElement>('button[type=submit]')
  part('.sending').hidden = hasFailed
  part('.unsent').hidden = !hasFailed
  part<HTMLProgressElement>('progress').value = percent ?? 0
  part('.percent').textContent = `${percent ?? 0}%`
  button.disabled = !hasFailed
  if (hasFailed) button.textContent = button.dataset['again'] ?? ''
}
