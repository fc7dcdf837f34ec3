import type { DemoCitizen } from './demo-citizens.ts'
import type { StoryKey } from './demo-stories.ts'

/** One matter of the demo: where, when it was opened in days before now, who asks for what, how far it goes, and which practitioner of the county takes it. */
export type DemoCase = DemoCitizen & { region: string; ago: number; tale: StoryKey; lawyer?: number }

const at =
  (region: string) =>
  (ago: number, tale: StoryKey, topic: DemoCitizen['topic'], name: string, birth: string, more: Partial<DemoCase> = {}): DemoCase => ({
    region,
    ago,
    tale,
    topic,
    name,
    birth,
    ...more,
  })

const chengdong = at('630102')
const datong = at('630121')
const maqin = at('632621')
const heping = at('210102')

/** Every application of the demo. Each state a queue can show is here at least once; some are late, and a few nearly. */
export const cases: readonly DemoCase[] = [
  chengdong(0, 'draft', 'wages', '马成祥', '1985-03-12'),
  chengdong(1, 'filed', 'traffic', '祁发秀', '1979-11-02'),
  chengdong(2, 'filed', 'violence', '韩玉兰', '1990-06-21', { isSafeByPage: true }),
  chengdong(6, 'filed', 'wages', '马海梅', '1982-01-30'),
  chengdong(5, 'assessed', 'support', '星桂花', '1951-08-15'),
  chengdong(12, 'assessed', 'employment', '冶玉英', '1976-04-04', { income: 1600 }),
  chengdong(4, 'asked', 'workInjury', '马一布拉', '1988-09-09'),
  chengdong(24, 'lapsed', 'benefits', '王发财', '1969-12-01'),
  chengdong(8, 'supplied', 'wages', '才让扎西', '1993-07-07'),
  chengdong(3, 'urgent', 'workInjury', '买买提·艾力', '1991-10-10'),
  chengdong(5, 'granted', 'traffic', '李存良', '1967-05-05', { lawyer: 1 }),
  chengdong(9, 'conflictKnown', 'traffic', '马金莲', '1984-02-14'),
  chengdong(6, 'assigned', 'support', '马秀花', '1948-03-03', { lawyer: 6 }),
  chengdong(14, 'assigned', 'wages', '王海生', '1987-06-18', { lawyer: 0 }),
  chengdong(20, 'working', 'violence', '张玉珍', '1986-12-12', { lawyer: 3, isSafeByPage: true }),
  chengdong(28, 'working', 'custody', '马有福', '1996-05-20', { lawyer: 2, forWhom: 'custody' }),
  chengdong(11, 'conflicted', 'marriage', '陈桂香', '1983-03-23', { lawyer: 1 }),
  chengdong(36, 'concluded', 'wages', '马占林', '1980-08-08', { lawyer: 0 }),
  chengdong(42, 'confirmed', 'wages', '韩三保', '1978-01-19', { lawyer: 0 }),
  chengdong(44, 'contradicted', 'workInjury', '马牙古白', '1989-09-29', { lawyer: 6 }),
  chengdong(58, 'archived', 'support', '刘凤英', '1945-10-01', { lawyer: 3 }),
  chengdong(52, 'paid', 'wages', '拉毛才旦', '1992-02-02', { lawyer: 0 }),
  chengdong(5, 'decidedAgainst', 'support', '阿桂英', '1953-09-02', { income: 9200 }),
  chengdong(18, 'refused', 'support', '沈万金', '1958-07-17', { income: 9800 }),
  chengdong(20, 'objected', 'debt', '祁得胜', '1972-11-11', { income: 2000 }),
  chengdong(26, 'objectionOrdered', 'support', '马登山', '1955-01-05', { income: 8800 }),
  chengdong(40, 'objectionKept', 'marriage', '李淑兰', '1981-06-06', { income: 2600 }),
  datong(1, 'filed', 'wages', '晁进德', '1990-01-16'),
  datong(7, 'filed', 'support', '逯秀英', '1949-09-19', { income: 700 }),
  datong(6, 'granted', 'childSupport', '包小宝', '2015-04-18', { forWhom: 'child', lawyer: 1 }),
  datong(13, 'replaced', 'traffic', '郭占元', '1975-05-25', { lawyer: 2 }),
  datong(30, 'working', 'wages', '东生海', '1988-03-08', { lawyer: 0 }),
  datong(55, 'fileApproved', 'wages', '张发旺', '1983-12-24', { lawyer: 0 }),
  datong(50, 'lateFile', 'support', '韩九月', '1946-02-28', { lawyer: 3 }),
  datong(3, 'referred', 'wages', '李国庆', '1979-10-01'),
  maqin(2, 'filed', 'wages', '完么才让', '1994-04-14'),
  maqin(9, 'assessed', 'benefits', '拉毛措', '1973-08-01'),
  maqin(15, 'lateReview', 'wages', '央', '1995-05-15', { lawyer: 0 }),
  maqin(22, 'working', 'violence', '德吉', '1989-11-30', { lawyer: 1, isSafeByPage: true }),
  maqin(45, 'confirmed', 'wages', '桑杰', '1986-06-26', { lawyer: 0 }),
  heping(1, 'filed', 'wages', '赵铁柱', '1981-09-13'),
  heping(5, 'assessed', 'support', '关素芬', '1947-05-27', { income: 1900 }),
  heping(8, 'granted', 'workInjury', '孙海涛', '1987-07-19', { lawyer: 0 }),
  heping(16, 'terminated', 'wages', '金哲洙', '1990-12-08', { lawyer: 0 }),
  heping(38, 'concluded', 'traffic', '欧阳雪', '1992-03-17', { lawyer: 2 }),
  heping(2, 'withdrawn', 'marriage', '佟佳慧', '1985-08-22', { income: 3000 }),
]

/** A criminal notice from an organ: no application, and a name the organ gives. */
export type DemoNotice = {
  region: string
  ago: number
  tale: StoryKey
  ground: string
  stage: string
  organ: string
  name: string
  birth: string
  lawyer: number
}

export const notices: readonly DemoNotice[] = [
  {
    region: '630102',
    ago: 1,
    tale: 'noticed',
    ground: 'minor',
    stage: 'investigation',
    organ: '西宁市公安局城东公安分局',
    name: '马小军',
    birth: '2009-02-11',
    lawyer: 3,
  },
  {
    region: '630102',
    ago: 6,
    tale: 'noticed',
    ground: 'lifeOrDeath',
    stage: 'trial',
    organ: '西宁市中级人民法院',
    name: '王某强',
    birth: '1984-10-20',
    lawyer: 2,
  },
  {
    region: '632621',
    ago: 10,
    tale: 'noticeDefended',
    ground: 'sensoryDisability',
    stage: 'prosecution',
    organ: '玛沁县人民检察院',
    name: '才旦',
    birth: '1977-01-09',
    lawyer: 0,
  },
  {
    region: '210102',
    ago: 33,
    tale: 'noticeConcluded',
    ground: 'otherDefendant',
    stage: 'trial',
    organ: '沈阳市和平区人民法院',
    name: '刘大勇',
    birth: '1993-06-03',
    lawyer: 2,
  },
]
