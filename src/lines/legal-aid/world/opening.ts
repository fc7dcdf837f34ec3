import { z } from 'zod'
import { channel, openFor, Person, Told } from '#records/referral/opening-for.ts'
import type { Opening } from '../../service.ts'
import { legalAidEntrance } from '../entrance.ts'
import { legalAid as line } from '../legal-aid.line.ts'

const asks = z.object({ channel, person: Person, said: Told.optional() })

/** Whoever hears somebody at the window, on the telephone or in a village opens it for them, with what they told; the rest is asked before it is submitted. */
export const opening: Opening = {
  summary: 'Open an application for somebody who came, called, or was heard in a village',
  by: ['intake'],
  asks,
  open(tx, at, asked) {
    const { person, said, channel: by } = asks.parse(asked)
    const isPrivate = (told: object) => legalAidEntrance.isPrivate?.({ ...told }) ?? false
    return openFor(tx, line.key, at, { people: [person], channel: by, said, data: (told) => ({ channel: by, isPrivate: isPrivate(told) }) })
  },
}
