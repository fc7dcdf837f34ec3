import { undeclaredText } from '../free-text.ts'
import type { Line } from '../line.ts'

/** What people may type into an action as they like, and no kind of field declares as free text: it would stand in the log in clear for good. What the server prepares itself is no one's words. */
export const clearText = ({ actions }: Line): string[] =>
  Object.entries(actions)
    .filter(([, { by }]) => by.some((who) => who !== 'system'))
    .flatMap(([key, { form, asks }]) =>
      undeclaredText(form)
        .filter((path) => !asks || (path.split('.')[0] ?? '') in asks.shape)
        .map((path) => `${key} writes ${path} into the log as it is typed: it is no free text, nor anything that can be listed`),
    )
