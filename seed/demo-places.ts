import { idOf, madeUp } from './demo-ids.ts'

/** A county the demo plays in. `login` begins the logins of its staff; `short` stands in its file numbers. */
export type DemoCounty = {
  region: string
  login: string
  city: string
  name: string
  short: string
  town: { region: string; name: string }
  firms: readonly [string, string]
  lawyers: readonly DemoLawyer[]
  /** The first is full-time, the others are not. */
  mediators: readonly string[]
}

/** A practitioner and what makes them fit, or not, for some cases; days count back from the day of seeding. */
export type DemoLawyer = {
  name: string
  kind: 'lawyer' | 'grassrootsLegalWorker' | 'agencyStaff'
  office: 'agency' | 'firm1' | 'firm2'
  since: string
  specialisms?: readonly string[]
  defenceSince?: string
  isFemale?: true
  isFamiliarWithMinors?: true
  suspendedDaysAgo?: number
  leftBenchDaysAgo?: number
}

export const counties: readonly DemoCounty[] = [
  {
    region: '630102',
    login: 'chengdong',
    city: '西宁市',
    name: '城东区',
    short: '西东法援',
    town: { region: '630102100', name: '乐家湾镇' },
    firms: ['河湟', '湟水'],
    mediators: ['祁守义', '马秀芳', '李毛措'],
    lawyers: [
      { name: '冶成林', kind: 'lawyer', office: 'firm1', since: '2012-04-01', specialisms: ['wages', 'employment', 'workInjury'] },
      { name: '祁永红', kind: 'lawyer', office: 'firm1', since: '2015-06-01', specialisms: ['traffic', 'medical'], isFemale: true },
      {
        name: '韩建国',
        kind: 'lawyer',
        office: 'firm2',
        since: '2008-03-01',
        specialisms: ['custody', 'accused'],
        defenceSince: '2009-01-01',
      },
      {
        name: '星占梅',
        kind: 'lawyer',
        office: 'firm2',
        since: '2014-09-01',
        specialisms: ['support', 'marriage', 'violence'],
        isFemale: true,
        isFamiliarWithMinors: true,
        defenceSince: '2016-01-01',
      },
      { name: '马占海', kind: 'lawyer', office: 'firm1', since: '2016-01-01', specialisms: ['debt'], suspendedDaysAgo: 30 },
      { name: '赵启明', kind: 'lawyer', office: 'firm2', since: '2025-03-01', leftBenchDaysAgo: 320 },
      {
        name: '李生福',
        kind: 'grassrootsLegalWorker',
        office: 'agency',
        since: '2010-05-01',
        specialisms: ['wages', 'support', 'benefits'],
      },
      { name: '苏玉琴', kind: 'agencyStaff', office: 'agency', since: '2018-05-01', isFemale: true, specialisms: ['benefits'] },
    ],
  },
  {
    region: '630121',
    login: 'datong',
    city: '西宁市',
    name: '大通县',
    short: '大通法援',
    town: { region: '630121101', name: '城关镇' },
    firms: ['老爷山', '宝库'],
    mediators: ['包生莲', '晁有福'],
    lawyers: [
      { name: '晁生玉', kind: 'lawyer', office: 'firm1', since: '2011-04-01', specialisms: ['wages', 'workInjury'] },
      {
        name: '东永兰',
        kind: 'lawyer',
        office: 'firm2',
        since: '2013-08-01',
        specialisms: ['support', 'marriage', 'violence'],
        isFemale: true,
        isFamiliarWithMinors: true,
      },
      {
        name: '逯海山',
        kind: 'lawyer',
        office: 'firm1',
        since: '2009-08-01',
        specialisms: ['traffic', 'custody'],
        defenceSince: '2010-01-01',
      },
      { name: '包文财', kind: 'grassrootsLegalWorker', office: 'agency', since: '2012-02-01', specialisms: ['land', 'support'] },
      { name: '郭进宝', kind: 'lawyer', office: 'firm2', since: '2017-02-01', suspendedDaysAgo: 12 },
    ],
  },
  {
    region: '632621',
    login: 'maqin',
    city: '果洛州',
    name: '玛沁县',
    short: '玛沁法援',
    town: { region: '632621100', name: '大武镇' },
    firms: ['阿尼玛卿', '格萨尔'],
    mediators: ['旦增措', '才让加'],
    lawyers: [
      {
        name: '才让东智',
        kind: 'lawyer',
        office: 'firm1',
        since: '2013-05-01',
        specialisms: ['wages', 'land'],
        defenceSince: '2014-01-01',
      },
      {
        name: '卓玛措',
        kind: 'lawyer',
        office: 'firm2',
        since: '2016-07-01',
        specialisms: ['support', 'violence', 'marriage'],
        isFemale: true,
        isFamiliarWithMinors: true,
      },
      { name: '多杰', kind: 'lawyer', office: 'firm1', since: '2020-07-01', specialisms: ['traffic'] },
      { name: '李毛太', kind: 'grassrootsLegalWorker', office: 'agency', since: '2015-07-01', specialisms: ['benefits'] },
      { name: '旦正加', kind: 'lawyer', office: 'firm2', since: '2024-07-01', leftBenchDaysAgo: 500 },
    ],
  },
  {
    region: '210102',
    login: 'heping',
    city: '沈阳市',
    name: '和平区',
    short: '沈和法援',
    town: { region: '210102022', name: '太原街街道' },
    firms: ['浑河', '北市'],
    mediators: ['关长山', '那桂兰'],
    lawyers: [
      { name: '刘洪伟', kind: 'lawyer', office: 'firm1', since: '2007-04-01', specialisms: ['wages', 'workInjury'] },
      {
        name: '关秀娟',
        kind: 'lawyer',
        office: 'firm2',
        since: '2012-04-01',
        specialisms: ['support', 'marriage', 'violence'],
        isFemale: true,
        isFamiliarWithMinors: true,
      },
      {
        name: '佟国强',
        kind: 'lawyer',
        office: 'firm1',
        since: '2006-04-01',
        specialisms: ['custody', 'traffic'],
        defenceSince: '2007-01-01',
      },
      { name: '张桂芝', kind: 'grassrootsLegalWorker', office: 'agency', since: '2011-04-01', isFemale: true },
      { name: '那英杰', kind: 'lawyer', office: 'firm2', since: '2018-04-01', suspendedDaysAgo: 5 },
    ],
  },
]

export const countyOf = (region: string): DemoCounty => counties.find((county) => county.region === region)! // cases name only counties of the list

type OfficeRow = {
  region: string
  id: string
  kind: string
  name: string
  short: string
  phone: string | null
  address: string
  hours: string
  valid_from: string
}

const hours = '周一至周五 9:00–12:00，14:00–17:30'
const nowhere = '演示地址，并非真实办公地点'
/** 12348 is the nation's one number for legal services; no other real number is shown. */
const row = (region: string, kind: string, name: string, short = '', phone: string | null = '12348'): OfficeRow => ({
  region,
  id: officeId(region, kind, name),
  kind,
  name: madeUp(name),
  short,
  phone,
  address: nowhere,
  hours,
  valid_from: '2020-01-01',
})
const officeId = (region: string, kind: string, name: string): string => idOf(`office/${region}/${kind}/${name}`)

const firmName = (name: string): string => `${name}律师事务所`

/** Every office of the demo: agency, bureau, mediators, centre, firms and a station in each county, and the bureaus above. */
export const officeRows = (): OfficeRow[] => [
  ...counties.flatMap(({ region, name, short, town, firms }) => [
    row(region, 'legalAidAgency', `${name}法律援助中心`, short),
    row(region, 'justiceBureau', `${name}司法局`),
    row(region, 'mediationCommittee', `${name}人民调解委员会`, short.replace('法援', '人民')),
    row(region, 'serviceCentre', `${name}公共法律服务中心`),
    row(town.region, 'serviceStation', `${town.name}公共法律服务工作站`),
    ...firms.map((firm) => row(region, 'lawFirm', firmName(firm), '', null)),
  ]),
  ...[
    ['6301', '西宁市'],
    ['6326', '果洛州'],
    ['2101', '沈阳市'],
    ['63', '青海省'],
    ['21', '辽宁省'],
  ].map(([region = '', name = '']) => row(region, 'justiceBureau', `${name}司法${region.length === 2 ? '厅' : '局'}`)),
]

/** The legal aid centre of a county, its bureau and its mediators. */
export const centreOf = ({ region, name }: DemoCounty) => ({ region, id: officeId(region, 'legalAidAgency', `${name}法律援助中心`) })
export const bureauOf = ({ region, name }: DemoCounty) => ({ region, id: officeId(region, 'justiceBureau', `${name}司法局`) })

export const committeeOf = ({ region, name }: DemoCounty) => ({
  region,
  id: officeId(region, 'mediationCommittee', `${name}人民调解委员会`),
})

/** The office a practitioner belongs to. */
export function officeOf(county: DemoCounty, { office }: DemoLawyer): string {
  if (office === 'agency') return centreOf(county).id
  return officeId(county.region, 'lawFirm', firmName(county.firms[office === 'firm1' ? 0 : 1]))
}

export const practitionerId = (county: DemoCounty, lawyer: { name: string }): string => idOf(`practitioner/${county.region}/${lawyer.name}`)
