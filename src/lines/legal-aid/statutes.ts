import { citing, relyingOn } from '#kernel/cite.ts'
import { sharedStatutes } from '#registry/statutes.ts'

/** The statutes that legal aid relies on. */
export const statutes = {
  ...relyingOn(
    sharedStatutes,
    '法律援助法',
    '民法典',
    '最高人民法院关于适用刑事诉讼法的解释',
    '个人信息保护法',
    '未成年人保护法',
    '律师法',
    '档案法',
  ),
  法律援助条例: { adopted: '2003-07-16', inForce: '2003-09-01', short: 'Legal Aid Regulations' },
  办理法律援助案件程序规定: { adopted: '2023-07-11', inForce: '2023-09-01', short: 'Legal Aid Case Procedure (MOJ Order 148)' },
  民事诉讼法: { adopted: '2023-09-01', inForce: '2024-01-01', short: 'Civil Procedure Law' },
  刑事诉讼法: { adopted: '2018-10-26', inForce: '2018-10-26', short: 'Criminal Procedure Law' },
  未成年人网络保护条例: { adopted: '2023-10-16', inForce: '2024-01-01', short: 'Minors Network Protection Regulations' },
  反家庭暴力法: { adopted: '2015-12-27', inForce: '2016-03-01', short: 'Anti-Domestic Violence Law' },
  保障农民工工资支付条例: { adopted: '2019-12-30', inForce: '2020-05-01', short: 'Migrant Workers Wage Regulations' },
  劳动争议调解仲裁法: { adopted: '2007-12-29', inForce: '2008-05-01', short: 'Labour Dispute Mediation and Arbitration Law' },
} as const

/** Cites one of them; a misspelt one does not compile. */
export const cite = citing(statutes)
