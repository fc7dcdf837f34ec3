/** Shows the print buttons; without this the browser's own menu prints the same. */
export function offerPrinting(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('button.print')) {
    button.hidden = false
    button.addEventListener('click', () => print())
  }
}
