/** The person's own name for the file with the ending its content calls for; no folders, no invisible characters, at most 80 characters. */
export function servedName(name: string, extension: string): string {
  const base = name.normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const stem = base
    .replaceAll(/\p{C}/gu, '')
    .replace(/\.[^.]*$/, '')
    .trim()
  return `${Array.from(stem).slice(0, 80).join('') || '文件'}.${extension}`
}
