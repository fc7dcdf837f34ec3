import type { Finding } from './finding.ts'
import { aid, answering, finding, withRemedy } from './finding.ts'

/** What can be found about means and time: no means test, exemption, hardship, its check, provincial grounds, urgency. */
export const meansFindings = {
  situationUnknown: finding(
    'noMeansTest',
    'missing',
    aid(32),
    '有些情形不看收入，请先确认您是否属于。',
    'Some situations have no means test: please check first.',
  ),
  situationApplies: answering(
    'applies',
    finding('noMeansTest', 'notNeeded', aid(32), '您的情形不看收入，不用说明收入。', 'Your income does not matter here and is not asked.'),
  ),
  otherReason: answering(
    'applies',
    finding('noMeansTest', 'notNeeded', aid(24), '因其他原因没有辩护人，也可以申请。', 'You may apply for reasons other than hardship.'),
  ),
  reasonUnknown: finding('noMeansTest', 'missing', aid(24), '请告诉我们没有请律师的原因。', 'Please tell us why there is no lawyer.'),
  meansTested: answering(
    'doesNotApply',
    finding('noMeansTest', 'pass', aid(32), '您的申请要看经济状况。', 'Your means have to be looked at.'),
  ),

  statusUnknown: finding(
    'exemption',
    'missing',
    aid(42),
    '有些人免予核查，请先确认您是否属于。',
    'Some people need no check: please see first whether you are one.',
  ),
  proofUnknown: finding('exemption', 'missing', aid(42), '请告诉我们能不能提供证明。', 'Please tell us whether you can show proof.'),
  claimUnknown: finding(
    'exemption',
    'missing',
    aid(42, undefined, 3),
    '请告诉我们您要求的是什么。',
    'Please tell us what you are claiming.',
  ),
  groupUnknown: finding(
    'exemption',
    'missing',
    aid(42, undefined, 4),
    '请告诉我们属于本省规定的哪类人员。',
    'Please tell us which provincial group you belong to.',
  ),
  exempt: answering(
    'applies',
    finding('exemption', 'notNeeded', aid(42), '凭您的证明，免予核查经济状况。', 'With your proof, your means are not checked.'),
  ),
  notExempt: answering(
    'doesNotApply',
    finding('exemption', 'pass', aid(41, 2), '按一般方法核查经济状况。', 'Your means are checked in the ordinary way.'),
  ),
  withoutProof: answering(
    'doesNotApply',
    withRemedy(
      finding('exemption', 'pass', aid(42), '没有身份情况的证明，按一般方法核查。', 'Without proof of status, the ordinary check applies.'),
      '补上身份情况的证明，就免予核查。',
      'Bring proof of your status and no check is needed.',
    ),
  ),

  standardUnset: finding(
    'hardship',
    'unset',
    aid(34),
    '本地还没有设定标准，不能以收入为由拒绝您。',
    'No standard is set here yet, so you cannot be refused for income.',
  ),
  figureUnset: finding(
    'hardship',
    'unset',
    aid(34),
    '本地的基数还没有填写，不能以收入为由拒绝您。',
    'The local figure is not entered yet, so you cannot be refused for income.',
  ),
  incomeUnknown: finding(
    'hardship',
    'missing',
    aid(41, 1),
    '请说明您和一起生活的家人的收入。',
    'Please state your income and that of your household.',
  ),
  assetsUnknown: finding('hardship', 'missing', aid(34), '请说明有没有大额财产。', 'Please state whether you own valuables.'),
  hardship: finding('hardship', 'pass', aid(34), '人均收入在标准以内。', 'Income per head is within the standard.'),
  hardshipAlone: finding(
    'hardship',
    'pass',
    aid(34),
    '对方和您一起生活，只看您本人的收入，在标准以内。',
    'The other party lives with you, so only your own income counts; it is within the standard.',
  ),
  noHardship: withRemedy(
    finding('hardship', 'fail', aid(34), '人均收入高于本地标准。', 'Income per head is above the local standard.'),
    '收入减少，或者出现免予核查的情况，可以再申请。',
    'You can apply again if income falls or a status without check applies.',
  ),
  noHardshipAlone: withRemedy(
    finding('hardship', 'fail', aid(34), '只看您本人的收入，仍高于本地标准。', 'Even your own income alone is above the local standard.'),
    '收入减少，或者出现免予核查的情况，可以再申请。',
    'You can apply again if income falls or a status without check applies.',
  ),
  hasValuables: finding(
    'hardship',
    'fail',
    aid(34),
    '您有大额财产，不符合本地标准。',
    'You own valuables, which the local standard does not allow.',
  ),
  unverified: finding(
    'verification',
    'missing',
    aid(41, 2),
    '请选择信息查询或者诚信承诺，二者有一项即可，不用开证明。',
    'Choose a data query or an undertaking; either will do, and no certificate is needed.',
  ),
  verified: finding('verification', 'pass', aid(41, 2), '经济状况已经核查。', 'Your means have been checked.'),

  opponentUnknown: finding('provincial', 'missing', aid(43, 2), '请告诉我们对方是谁。', 'Please tell us who the other party is.'),
  opponentUnclear: withRemedy(
    finding(
      'provincial',
      'fail',
      aid(43, 1),
      '本省规定：对方不明确的，不予援助。',
      'Under provincial rules, aid needs a known other party.',
    ),
    '查清对方后可以再申请。',
    'You can apply again once the other party is known.',
  ),
  limitationExpired: finding(
    'provincial',
    'fail',
    aid(43, 1),
    '本省规定：时效已过的，不予援助。',
    'Under provincial rules, no aid is given once the time limit has passed.',
  ),

  urgentLimit: answering(
    'applies',
    finding(
      'urgent',
      'pass',
      aid(44, 1, 1),
      '时效只剩不到七天，可以先援助、后补手续。',
      'Less than seven days are left: aid may come first and papers later.',
    ),
  ),
  urgentPreservation: answering(
    'applies',
    finding(
      'urgent',
      'pass',
      aid(44, 1, 2),
      '需要马上保全或者先予执行，可以先援助、后补手续。',
      'Preservation or advance enforcement cannot wait: aid may come first and papers later.',
    ),
  ),
  urgentProvincial: answering(
    'applies',
    finding('urgent', 'pass', aid(44, 1, 3), '属于本省规定的先行援助情形。', 'A provincial ground for urgent aid applies.'),
  ),
  topPriority: answering(
    'doesNotApply',
    finding(
      'urgent',
      'notNeeded',
      aid(44, 1, 1),
      '时效正好还剩七天，不算“不足七日”，但会最先办理。',
      'Exactly seven days are left: not “less than seven”, but yours is handled first.',
    ),
  ),
  notUrgent: answering('doesNotApply', finding('urgent', 'notNeeded', aid(44, 1), '按正常期限办理。', 'The normal time limit applies.')),
} satisfies Record<string, Finding>
