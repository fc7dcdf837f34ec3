/** Words of the workbench and its views, in Chinese. */
export const deskZh = {
  'relation.applicant': '申请人', 'relation.proxy': '代办人', 'relation.assignee': '承办人', 'relation.system': '系统', 'relation.intake': '窗口人员', 'relation.reviewer': '审查人员',
  'relation.director': '机构负责人', 'relation.supervisor': '司法局', 'relation.manager': '省级管理员', 'relation.auditor': '审计人员',
  'why.missing': '还缺：{documents}', 'why.by': '这一步由{who}办理',
  'of.agency': '法律援助机构', 'of.bureau': '司法局', 'of.assignee': '承办人', 'of.applicant': '申请人', 'of.organ': '办案机关',
  'role.recipient': '受援人', 'role.opponent': '对方当事人', 'role.representative': '法定代理人', 'role.proxy': '代办人', 'role.organ': '办案机关',
  'channel.web': '网上', 'channel.hotline': '12348 热线', 'channel.window': '服务窗口', 'channel.villageRoom': '村居工作室', 'channel.custody': '监管场所',
  'by.citizen': '当事人', 'by.system': '系统', 'linked.parent': '原事项', 'linked.child': '异议',
  'proposal.grant': '建议给予援助', 'proposal.refuse': '建议不予援助', 'proposal.refer': '建议转其他机构', 'proposal.consult': '提供咨询即可', 'proposal.notice': '按通知辩护办理', 'proposal.cannotDecide': '事实不全或标准未定，暂不能判断',
  'outcome.pass': '符合', 'outcome.fail': '不符合', 'outcome.missing': '缺少事实', 'outcome.notNeeded': '不需要', 'outcome.unset': '标准未设定',
  'open.title': '提出', 'queue.untitled': '未填写事由', 'kind.lawyer': '律师', 'kind.grassrootsLegalWorker': '基层法律服务工作者', 'kind.agencyStaff': '机构工作人员', 'kind.volunteer': '志愿者',
  'message.to': '发给{who}', 'message.account': '当事人', 'message.provider': '承办人', 'message.desk': '机构内部', 'message.status.shown': '页面提醒', 'message.status.sent': '短信已发', 'message.status.queued': '等待发送', 'message.status.failed': '发送失败',
  'measure.reviewedOnTime': '七日内审查率', 'measure.assignedOnTime': '三日内指派率', 'measure.moneyRecovered': '为受援人追回的金额',
}
