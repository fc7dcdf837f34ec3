import { commonLetters } from '#parts/letters.ts'

const { tellAgency, tellProvider, remindProvider, alertSupervisor } = commonLetters

/** Every letter of defence on notice, by the effect that sends it. */
export const letters = { tellAgency, tellProvider, remindProvider, alertSupervisor }
