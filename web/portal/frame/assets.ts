import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { buildSync, transformSync } from 'esbuild'

const here = (file: string): string => readFileSync(new URL(file, import.meta.url), 'utf8')
const digest = (text: string) => createHash('sha256').update(text)

/** In the order of the cascade: the plain before the particular, paper last. */
const sheets = ['ink', 'type', 'frame', 'form', 'home', 'matter', 'print'].map((name) => here(`../style/${name}.css`))

/** The stylesheet every page carries, so that the first answer can be read as it is: no second round trip. Minified once, at start. */
export const style: string = transformSync(sheets.join(''), { loader: 'css', minify: true }).code.trim()

/** The name under which the content policy lets exactly this style through. */
export const styleSource = `'sha256-${digest(style).digest('base64')}'`

const built = buildSync({
  entryPoints: [fileURLToPath(new URL('../script/main.ts', import.meta.url))],
  bundle: true,
  minify: true,
  write: false,
  format: 'iife',
  // The oldest browsers still seen on phones; anything older reads the page as it is.
  target: ['chrome73', 'safari14.1'],
  charset: 'utf8',
})

/** What a browser may add to a page that works without it, as one file. Built once, at start. */
export const script: string = built.outputFiles[0]!.text // one entry makes one file

/** Where the script lives; another script has another address, so that each may be kept for ever. */
export const scriptHref = `/portal.js?v=${digest(script).digest('hex').slice(0, 12)}`
