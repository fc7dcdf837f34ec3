import { onBothEngines } from './test/both-engines.ts'
import { suite } from './vitest.config.ts'

if (!process.env['TEST_DATABASE_URL'])
  throw new Error('Set TEST_DATABASE_URL to a PostgreSQL server whose user may create databases and roles.')

/** Of the suite, what comes to a database: the rest would only say the same again. */
export default suite(onBothEngines)
