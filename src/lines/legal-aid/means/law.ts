import type { Finding } from './finding.ts'
import { aid, answering, finding, withRemedy } from './finding.ts'
import { meansFindings } from './means-law.ts'
import { cite } from '../statutes.ts'

/** Everything the eligibility decision can say. */
export const findings = {
  routeUnknown: finding('route', 'missing', aid(22), '请先告诉我们您需要哪种帮助。', 'Please tell us first what kind of help you need.'),
  routeAdvice: finding(
    'route',
    'pass',
    aid(23),
    '法律咨询对所有人免费，不看收入。',
    'Legal advice is free for everyone, whatever your income.',
  ),
  routeDrafting: finding('route', 'pass', aid(22, undefined, 2), '可以帮您代写法律文书。', 'We can help you draft legal documents.'),
  routeNotice: finding(
    'route',
    'pass',
    aid(36),
    '办案机关已经通知，不用申请，也不看收入。',
    'The authority has given notice: no application and no means test.',
  ),
  routeDuty: finding('route', 'pass', aid(30), '您可以约见值班律师。', 'You can see the duty lawyer.'),
  routeElsewhere: finding(
    'route',
    'pass',
    aid(38),
    '这件事由另一家法律援助机构办理，我们告诉您是哪一家。',
    'Another legal aid agency handles this; we tell you which.',
  ),
  routeApplication: finding('route', 'pass', aid(22), '按申请办理。', 'This is handled as an application.'),

  personUnknown: finding('person', 'missing', aid(2), '请告诉我们申请人是谁。', 'Please tell us who the applicant is.'),
  personCitizen: finding('person', 'pass', aid(2), '公民可以申请法律援助。', 'A citizen may apply for legal aid.'),
  personSoldier: finding('person', 'pass', aid(70), '军人军属优先办理。', 'Service members and their families come first.'),
  personTreaty: finding('person', 'pass', aid(69), '依法律、条约或者互惠可以申请。', 'A law, treaty or reciprocity lets you apply.'),
  treatyUnknown: finding('person', 'missing', aid(69), '我们要先查清有没有条约或者互惠。', 'We first check for a treaty or reciprocity.'),
  noTreaty: finding(
    'person',
    'fail',
    aid(69),
    '没有适用的法律、条约或者互惠；您仍可以免费咨询。',
    'No law, treaty or reciprocity applies; advice remains free.',
  ),
  organisation: finding(
    'person',
    'fail',
    aid(2),
    '法律援助提供给个人，单位不能申请；您仍可以咨询。',
    'Legal aid is for people, not organisations; you can still get advice.',
  ),

  filingUnknown: finding('filing', 'missing', aid(40, 1), '请告诉我们由谁来申请。', 'Please tell us who is applying.'),
  ageUnknown: finding(
    'filing',
    'missing',
    aid(40, 1),
    '请填写出生日期和申请日期。',
    'Please give the date of birth and the day of application.',
  ),
  filedBySelf: finding('filing', 'pass', aid(41, 1), '由您本人申请。', 'You apply for yourself.'),
  filedByRepresentative: finding('filing', 'pass', aid(40, 1), '由法定代理人代为申请。', 'The statutory representative applies.'),
  filedByRelative: finding('filing', 'pass', aid(40), '由近亲属代为申请。', 'A close relative applies.'),
  filedFromCustody: finding(
    'filing',
    'pass',
    aid(39, 1),
    '由办案机关或者监管场所转交。',
    'Forwarded by the authority or place of custody.',
  ),
  filedByProxy: finding('filing', 'pass', cite('民法典', 161, 1), '由您委托的人代为申请。', 'The person you authorised applies.'),
  needsRepresentative: withRemedy(
    finding(
      'filing',
      'missing',
      aid(40, 1),
      '这项申请要由法定代理人代为提出。',
      'A statutory representative has to file this application.',
    ),
    '请父母等法定代理人来申请。',
    'Ask a parent or other statutory representative to apply.',
  ),
  otherRepresentative: withRemedy(
    finding(
      'filing',
      'missing',
      aid(40, 1),
      '对方正是法定代理人，不能由他代为申请。',
      'The representative is the other party and cannot file this.',
    ),
    '请另一位法定代理人来申请，近亲属也可以。',
    'The other representative can apply, and so can a close relative.',
  ),
  relativeInstead: withRemedy(
    finding(
      'filing',
      'missing',
      aid(40, 1),
      '对方正是法定代理人，不能由他代为申请。',
      'The representative is the other party and cannot file this.',
    ),
    '请祖父母、兄姐等近亲属来申请。',
    'A close relative, such as a grandparent or an elder sibling, can apply.',
  ),
  relativeNeedsAuthority: withRemedy(
    finding('filing', 'missing', aid(40), '近亲属代为申请，需要本人委托。', 'A relative needs the person’s authority to apply.'),
    '请本人申请，或者写一份委托书。',
    'Apply in person, or bring a written authority.',
  ),

  matterUnknown: finding('matter', 'missing', aid(31), '请告诉我们您遇到的是什么事。', 'Please tell us what the matter is.'),
  matterListed: finding('matter', 'pass', aid(31), '这件事在法律援助范围内。', 'This matter is within legal aid.'),
  matterBySituation: finding('matter', 'pass', aid(32), '法律专门保障您这种情形。', 'The law protects your situation expressly.'),
  trackContradicts: finding(
    'matter',
    'missing',
    aid(22),
    '请再确认：这是刑事案件还是其他事情。',
    'Please check again: is this a criminal case or another matter?',
  ),
  topicUnknown: finding(
    'matter',
    'missing',
    aid(31, undefined, 9),
    '请告诉我们这件事属于哪一类。',
    'Please tell us what the matter is about.',
  ),
  notListed: withRemedy(
    finding(
      'matter',
      'fail',
      aid(31, undefined, 9),
      '本省还没有把这类事情列入援助范围；您仍可以免费咨询。',
      'Your province has not listed this kind of matter; advice remains free.',
    ),
    '如果涉及家庭暴力、虐待或者遗弃，请告诉我们，那样就在范围内。',
    'If violence, abuse or abandonment is involved, tell us: then it is covered.',
  ),
  counselUnknown: finding(
    'matter',
    'missing',
    aid(24),
    '请告诉我们有没有请律师或者代理人。',
    'Please tell us whether you have a lawyer or agent.',
  ),
  hasCounsel: withRemedy(
    finding('matter', 'fail', aid(31), '您已经请了律师或者代理人。', 'You already have a lawyer or agent.'),
    '如果委托已经结束，可以重新申请。',
    'If that retainer has ended, you can apply again.',
  ),
  retrialUnknown: finding(
    'matter',
    'missing',
    aid(33),
    '请告诉我们有没有再审决定或者抗诉。',
    'Please tell us of any retrial order or protest.',
  ),
  noRetrial: withRemedy(
    finding('matter', 'fail', aid(33), '法院还没有决定再审，检察院也没有抗诉。', 'No retrial was ordered and no protest was made.'),
    '有了再审决定或者抗诉后，可以再申请。',
    'You can apply once a retrial is ordered or a protest is made.',
  ),

  ...meansFindings,
  proposed: answering(
    'proposes',
    finding(
      'decide',
      'pass',
      cite('个人信息保护法', 24, 3),
      '这只是初步意见，由工作人员作出决定。',
      'This is only a proposal; an officer decides.',
    ),
  ),
} satisfies Record<string, Finding>

export type FindingCode = keyof typeof findings
