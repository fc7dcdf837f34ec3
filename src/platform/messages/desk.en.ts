import type { deskZh } from './desk.zh.ts'

/** The same in English. */
export const deskEn = {
  'relation.applicant': 'applicant', 'relation.proxy': 'proxy', 'relation.assignee': 'provider', 'relation.system': 'system', 'relation.intake': 'window clerk', 'relation.reviewer': 'reviewer',
  'relation.director': 'director', 'relation.supervisor': 'justice bureau', 'relation.manager': 'provincial manager', 'relation.auditor': 'auditor',
  'why.missing': 'Still missing: {documents}', 'why.by': 'This step is for the {who}',
  'of.agency': 'legal aid agency', 'of.bureau': 'justice bureau', 'of.assignee': 'provider', 'of.applicant': 'applicant', 'of.organ': 'handling organ',
  'role.recipient': 'Recipient', 'role.opponent': 'Opposing party', 'role.representative': 'Statutory representative', 'role.proxy': 'Proxy', 'role.organ': 'Handling organ',
  'channel.web': 'Web', 'channel.hotline': '12348 hotline', 'channel.window': 'Window', 'channel.villageRoom': 'Village room', 'channel.custody': 'Place of custody',
  'by.citizen': 'the person', 'by.system': 'system', 'linked.parent': 'Original matter', 'linked.child': 'Objection',
  'proposal.grant': 'Proposal: grant', 'proposal.refuse': 'Proposal: refuse', 'proposal.refer': 'Proposal: refer elsewhere', 'proposal.consult': 'Advice suffices', 'proposal.notice': 'Defence on notice', 'proposal.cannotDecide': 'Facts missing or standard unset: cannot tell',
  'outcome.pass': 'Met', 'outcome.fail': 'Not met', 'outcome.missing': 'Fact missing', 'outcome.notNeeded': 'Not needed', 'outcome.unset': 'Standard unset',
  'open.title': 'Opened', 'queue.untitled': 'No subject yet', 'kind.lawyer': 'Lawyer', 'kind.grassrootsLegalWorker': 'Grassroots legal worker', 'kind.agencyStaff': 'Agency staff', 'kind.volunteer': 'Volunteer',
  'message.to': 'To {who}', 'message.account': 'the person', 'message.provider': 'the provider', 'message.desk': 'the office', 'message.status.shown': 'On the page', 'message.status.sent': 'Sent by SMS', 'message.status.queued': 'Waiting', 'message.status.failed': 'Failed',
  'measure.reviewedOnTime': 'Reviewed within seven days', 'measure.assignedOnTime': 'Assigned within three days', 'measure.moneyRecovered': 'Money recovered for recipients',
} satisfies Record<keyof typeof deskZh, string>
