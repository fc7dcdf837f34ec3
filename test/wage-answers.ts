/** What somebody who was not paid answers to each question, as a form of the portal sends it. */
export const wageAnswers = {
  notice: { read: 'yes' },
  forWhom: { who: 'self' },
  kind: { kind: 'wages' },
  opponent: { name: '演示建筑公司' },
  amount: { fen: '1.8万', since: '2026-01-05' },
  deadline: { what: 'none' },
  person: { name: '演示·马建国', idNumber: '11010519491231002X' },
  contact: { safe: 'none' },
  place: { living: '西宁市城东区' },
  migrant: { isMigrant: 'yes' },
  workProof: { proofs: ['wageSheet'] },
  documents: {},
}
