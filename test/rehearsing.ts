import { registerHooks } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { insteadOf } from './rehearsed-list.ts'

const pathOf = (url: string | undefined): string | undefined => (url?.startsWith('file:') ? fileURLToPath(url) : undefined)

// `node --import ./test/rehearsing.ts src/main.ts serve` serves the rehearsed line too: all of the service but its list is the real one.
registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context)
    const file = pathOf(found.url)
    return file ? { ...found, url: pathToFileURL(insteadOf(file, pathOf(context.parentURL))).href } : found
  },
})
