import { registerHooks } from 'node:module'

const rehearsed = new URL('lines/rehearsal/services.ts', import.meta.url).href

// `node --import ./test/rehearsing.ts src/main.ts serve` serves the rehearsed line too: all of the service but its list is the real one.
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === '#lines/services.ts' ? { url: rehearsed, shortCircuit: true } : next(specifier, context),
})
