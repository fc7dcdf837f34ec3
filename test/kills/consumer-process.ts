import '#platform/http/tsx.ts'

/** A process that consumes until it is ended: in which manner (`consuming.ts`), and how many places at once. It says a word when it begins. Loaded late, since services render pages. */
const [manner = '', atOnce = ''] = process.argv.slice(2)
const { consumeAs } = await import('./consuming.ts')
await consumeAs(manner, Number(atOnce), () => process.stdout.write('begun\n'))
