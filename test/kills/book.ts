/** What can be told to be done, each kind with its trace in the database (`found.ts`). */
export type Kind =
  | 'begun'
  | 'secret'
  | 'answer'
  | 'filed'
  | 'paper'
  | 'picture'
  | 'step'
  | 'note'
  | 'draft'
  | 'confined'
  | 'reveal'
  | 'download'
  | 'account'
  | 'enrolled'
  | 'granted'
  | 'changed'

/** What a request is about: `label` is found again in the database. */
export type About = { readonly kind: Kind; readonly label: string }

/** What somebody was told of it, after so many tries. */
export type Told = About & { readonly tries: number; readonly isDone: boolean }

/** What people were told while the service kept dying. */
export class Book {
  readonly told: Told[] = []
  /** How often each address was answered with a yes, and with a no. */
  readonly yes: string[] = []
  readonly no: string[] = []

  /** Whether something of each of these kinds was done. */
  hasEach(kinds: readonly Kind[]): boolean {
    return kinds.every((kind) => this.told.some((one) => one.kind === kind && one.isDone))
  }

  note(path: string, about: readonly About[], { tries, isDone }: Pick<Told, 'tries' | 'isDone'>): void {
    for (const one of about) this.told.push({ ...one, tries, isDone })
    ;(isDone ? this.yes : this.no).push(path)
  }
}
