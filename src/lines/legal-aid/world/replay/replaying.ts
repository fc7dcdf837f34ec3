import type { Replaying } from '../../../service.ts'
import { runReplays } from './run.ts'
import { viewFlips, viewReport } from './view.ts'

/** Deciding stored assessments again under a draft of a standard. */
export const replaying: Replaying = { run: runReplays, report: viewReport, flips: viewFlips }
