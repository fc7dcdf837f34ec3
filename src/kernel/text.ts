/** Words in both languages in which everything is declared. */
export type Text = { zh: string; en: string }
