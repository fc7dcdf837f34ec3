import { defineConfig } from 'vitest/config'
import { common, drills } from './vitest.config.ts'

/** What happens to whole processes, on the embedded database. */
export default defineConfig({ test: { ...common, include: [...drills], maxWorkers: 2 } })
