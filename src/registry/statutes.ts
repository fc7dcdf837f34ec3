import { citing } from '#kernel/cite.ts'

/** Statutes that more than one service, or the platform itself, relies on; a service declares the others it needs. */
export const sharedStatutes = {
  法律援助法: { adopted: '2021-08-20', inForce: '2022-01-01', short: 'Legal Aid Law' },
  个人信息保护法: { adopted: '2021-08-20', inForce: '2021-11-01', short: 'Personal Information Protection Law' },
  民法典: { adopted: '2020-05-28', inForce: '2021-01-01', short: 'Civil Code' },
  档案法: { adopted: '2020-06-20', inForce: '2021-01-01', short: 'Archives Law' },
  律师法: { adopted: '2017-09-01', inForce: '2018-01-01', short: 'Lawyers Law' },
  未成年人保护法: { adopted: '2024-04-26', inForce: '2024-04-26', short: 'Minors Protection Law' },
  最高人民法院关于适用刑事诉讼法的解释: { adopted: '2021-01-26', inForce: '2021-03-01', short: 'SPC Interpretation on Criminal Procedure' },
} as const

/** Cites one of the shared statutes. */
export const cite = citing(sharedStatutes)

/** An article of the law on personal information, which binds whatever the records keep. */
export const personalInformation = (article: number, paragraph?: number) => cite('个人信息保护法', article, paragraph)
