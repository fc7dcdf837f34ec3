import type { Duty, User } from '../contract.ts'
import { dutyWords } from './duties.ts'

/** A duty and where it holds, as the wire has it. */
export type Grant = Pick<User['grants'][number], 'duty' | 'region' | 'office' | 'lines'>

/** One place with what somebody may do there, as the form has it: `office` is the office's own place and id. */
export type Place = { region: string; office?: string; duties: Duty[]; lines?: string[] }

/** How the form names an office. */
export const officeValue = (region: string, id: string): string => `${region}/${id}`

/** Every duty of every place. */
export const grantsOf = (places: readonly Place[]): Grant[] =>
  places.flatMap(({ region, office, duties, lines }) => {
    const [place = region, id = null] = office?.split('/') ?? []
    return duties.map((duty) => ({ duty, region: place, office: id, lines: lines?.length ? lines : null }))
  })

/** The same put together again, place by place. */
export function placesOf(grants: readonly Grant[]): Place[] {
  const together = Map.groupBy(grants, ({ region, office, lines }) => [region, office, lines].join(' '))
  return [...together.values()].flatMap(([first, ...others]) =>
    first
      ? [
          {
            region: first.region.slice(0, 6),
            ...(first.office && { office: officeValue(first.region, first.office) }),
            duties: [first, ...others].map(({ duty }) => duty),
            ...(first.lines && { lines: first.lines }),
          },
        ]
      : [],
  )
}

/** Each grant in words: the duty, where, and for which services where not for all. */
export const grantWords = (grants: User['grants'], services: readonly { key: string; title: string }[]): string[] =>
  grants.map(({ duty, regionName, officeName, lines }) =>
    [dutyWords([duty]), officeName ?? regionName, lines?.map((line) => services.find(({ key }) => key === line)?.title ?? line).join('、')]
      .filter(Boolean)
      .join(' · '),
  )
