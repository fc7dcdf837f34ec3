import { forgetTyped } from './typed-text.ts'

const presses = 3
/** Quicker than anyone writes capitals, slow enough for stiff hands. */
const withinMs = 1500

/** On a sensitive page, three presses of Shift or the exit link leave at once, and this page is taken out of the way back. */
export function offerExit(): void {
  const link = document.querySelector<HTMLAnchorElement>('a.exit')
  if (!link) return
  const leave = () => {
    forgetTyped()
    // Gone before the network answers.
    document.body.remove()
    location.replace(link.href)
  }
  let times: number[] = []
  addEventListener('keydown', ({ key, repeat, timeStamp }) => {
    if (repeat) return
    times = key === 'Shift' ? [...times.filter((time) => timeStamp - time < withinMs), timeStamp] : []
    if (times.length >= presses) leave()
  })
  link.addEventListener('click', (event) => {
    event.preventDefault()
    leave()
  })
}
