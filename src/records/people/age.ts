/** Completed years on that day, the birthday included; a leap-day child completes a year on 1 March of a common year. */
export function ageOn(birthDate: string, day: string): number {
  if (day < birthDate) throw new RangeError(`${day} is before the birth on ${birthDate}`)
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4))
  return day.slice(5) < birthDate.slice(5) ? years - 1 : years
}

/** Whether a guardian must consent to the processing (个人信息保护法 art. 31). No law says how 周岁 is counted there: we protect through the birthday itself. */
export function isUnder14(birthDate: string, day: string): boolean {
  return day <= `${Number(birthDate.slice(0, 4)) + 14}${birthDate.slice(4)}`
}
