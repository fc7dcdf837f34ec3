/** Is told how far a long piece of work has come; of how many, where that is known. */
export type Tell = (what: string, done: number, of?: number) => void

/** Nobody listens. */
export const silently: Tell = () => {}
