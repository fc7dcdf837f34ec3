import { answersZh } from './answers.zh.ts'
import { deskRefusalsZh } from './desk-refusals.zh.ts'
import { deskZh } from './desk.zh.ts'
import { linksZh } from './links.zh.ts'
import { portalZh } from './portal.zh.ts'
import { refusalsZh } from './refusals.zh.ts'

/** Every Chinese message that is not part of a line's declaration. */
export const zh = { ...portalZh, ...linksZh, ...deskZh, ...answersZh, ...refusalsZh, ...deskRefusalsZh }
