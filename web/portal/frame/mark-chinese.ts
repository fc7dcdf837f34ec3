/** From one Chinese character to the last before other letters, with the digits, spaces and marks between. */
const run = /\p{Script=Han}(?:[\p{Script=Han}\p{N}\p{P}\s]*[\p{Script=Han}，。；：？！、）》”])?/gu
const holdsText = /^<(style|script|title|option|textarea)\b/
const isChinese = /^<[^>]* lang="zh/

/** Marks what is written in Chinese on a page in another language: names, articles, and words nobody has translated yet. A screen reader then says it with the right voice. */
export function markChinese(html: string): string {
  const whole = html.replaceAll(/<(option|textarea)\b([^>]*)>([^<]*)/g, (found, tag: string, attributes: string, text: string) =>
    /\p{Script=Han}/u.test(text) ? `<${tag} lang="zh-CN"${attributes}>${text}` : found,
  )
  let tag = ''
  return whole.replaceAll(/<[^>]*>|[^<]+/g, (part) => {
    if (part.startsWith('<')) return (tag = part)
    return holdsText.test(tag) || isChinese.test(tag) ? part : part.replaceAll(run, '<span lang="zh-CN">$&</span>')
  })
}
