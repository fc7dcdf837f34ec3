/** Read as one breath each. */
const blocks = 'h1, h2, h3, p, li, dt, dd, legend, label, summary'
const silent = '.unseen, .back, [hidden], button, select, textarea, details:not([open]) > :not(summary)'

/** Reads the page aloud with the browser's own voice, and stops when pressed again. */
export function offerReading(): void {
  const button = document.querySelector<HTMLButtonElement>('button.read')
  if (!button || !('speechSynthesis' in window)) return
  const isReading = (is: boolean) => button.setAttribute('aria-pressed', String(is))
  let turn = 0
  button.hidden = false
  button.addEventListener('click', () => {
    const mine = ++turn
    const starts = button.getAttribute('aria-pressed') !== 'true'
    speechSynthesis.cancel()
    isReading(starts)
    // Cancelling tells the old utterances of their end, later: by then it is another turn's.
    if (starts) read(() => mine === turn && isReading(false))
  })
  addEventListener('pagehide', () => speechSynthesis.cancel())
}

type Passage = { block: Element | null; lang: string; text: string }

function read(done: () => void): void {
  const utterances = passages().flatMap(({ lang, text }) => sentences(text).map((sentence) => spoken(sentence, lang)))
  for (const utterance of utterances) utterance.addEventListener('error', done)
  const last = utterances[utterances.length - 1]
  if (!last) return done()
  last.addEventListener('end', done)
  for (const utterance of utterances) speechSynthesis.speak(utterance)
}

/** What there is to read, block by block, and within a block language by language. */
function passages(): Passage[] {
  const walker = document.createTreeWalker(document.getElementById('main') ?? document.body, NodeFilter.SHOW_TEXT)
  const found: Passage[] = []
  while (walker.nextNode()) {
    const { parentElement, textContent } = walker.currentNode
    if (!parentElement || parentElement.closest(silent)) continue
    const block = parentElement.closest(blocks)
    const lang = parentElement.closest<HTMLElement>('[lang]')?.lang ?? ''
    const last = found[found.length - 1]
    if (last && last.block === block && last.lang === lang) last.text += textContent
    else found.push({ block, lang, text: textContent ?? '' })
  }
  return found
}

/** Some browsers cut off what takes longer than a quarter of a minute. */
const sentences = (text: string): string[] => (text.match(/.+?([。！？；]|[.!?;]\s|$)/gs) ?? []).filter((sentence) => /\S/.test(sentence))

function spoken(text: string, lang: string): SpeechSynthesisUtterance {
  const utterance = new SpeechSynthesisUtterance(text)
  utterance.lang = lang
  return utterance
}
