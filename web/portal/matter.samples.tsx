import type { ReactElement } from 'react'
import { cite } from '#registry/statutes.ts'
import { pick } from '#platform/messages/messages.ts'
import { ActionPage } from './pieces/action-form.tsx'
import type { Act } from './pieces/action-form.tsx'
import { LetterPage } from './letter.tsx'
import type { LetterProps } from './letter.tsx'
import { MyMattersPage } from './my-matters.tsx'
import { ProxyPage } from './proxy.tsx'
import { ReceiptPage } from './receipt.tsx'
import type { Page } from './frame/shell.tsx'
import { TrackPage } from './track.tsx'
import type { TrackProps } from './track.tsx'
import { UploadPage } from './pieces/upload.tsx'

const at = (text: string) => new Date(`${text}+08:00`)
const hidden = { key: '0192f3a4-7c11-7d2e-9f00-5a6b7c8d9e0f', token: 'c2FtcGxlLXRva2Vu' }
const title = { zh: '法律援助申请', en: 'Application for legal aid' }

const withdraw: Act = {
  key: 'withdraw',
  title: '撤回申请',
  action: '/m/630102/a/withdraw',
  hidden,
  schema: {
    properties: {
      reason: { type: 'string', title: '为什么撤回', long: true },
      kind: {
        type: 'string',
        title: '情况',
        oneOf: [
          { const: 'settled', title: '对方已经给了' },
          { const: 'other', title: '别的原因' },
        ],
      },
      receivedFen: { type: 'integer', format: 'fen', title: '拿到多少钱（元）' },
    },
    required: ['reason', 'kind'],
  },
  confirm: '撤回以后，可以重新申请，但要从头开始。',
}
const acts: Act[] = [
  withdraw,
  { ...withdraw, key: 'object', title: '提出异议', why: '还没到能办的时候。请看进度页上写的日子，到时候再来。' },
]

const track = (page: Page): TrackProps => ({
  page,
  now: at('2026-04-10T09:00'),
  title: { zh: '法律援助：讨工钱', en: 'Legal aid: unpaid wages' },
  code: 'K7M2Q9XR4T',
  number: '（2026）城东法援民00123号',
  late: [
    {
      title: { zh: '审查申请', en: 'Review of the application' },
      dueAt: at('2026-04-09T00:00'),
      cite: cite('法律援助法', 43, 1),
      remedy: {
        zh: '已经报给上级司法局督办。您不用做什么，您的权利不受影响。',
        en: 'The district bureau has been told to step in. You need do nothing and lose no right.',
      },
    },
  ],
  state: { zh: '正在审查', en: 'Under review' },
  next: {
    zh: '工作人员看完材料，会作出给不给援助的书面决定，告诉您理由。',
    en: 'The officer reads your papers and gives a written decision with reasons.',
  },
  isYourMove: true,
  asked: '请补一份能说明在工地干过活的材料，拍照就行。',
  due: [
    {
      title: { zh: '请在这之前补上材料', en: 'Please add the papers before' },
      whose: { zh: '您', en: 'You' },
      dueAt: at('2026-04-13T00:00'),
      cite: cite('法律援助法', 43, 2),
      isProvisional: true,
    },
  ],
  who: [
    { role: { zh: '办理机构', en: 'Agency' }, name: '城东区法律援助中心', phone: '0971-8000001' },
    { role: { zh: '承办人', en: 'Your lawyer' }, name: '李律师（演示律师事务所）', phone: '0971-8000003' },
  ],
  decision: {
    title: { zh: '不予法律援助决定书', en: 'Decision to refuse legal aid' },
    words: { zh: '经审查，决定不予法律援助。', en: 'Legal aid is refused.' },
    reasons: '每月收入九千八百元，超过本省经济困难标准，所以不能给予援助。',
    cites: [cite('法律援助法', 43, 1), cite('法律援助法', 34)],
    href: '/m/K7M2Q9XR4T/decision/5',
    remedy: {
      how: {
        zh: '如果不服，可以在写明的期限内，在这件事的进度页上提出异议，由司法局审查；也可以到司法局当面提出。',
        en: 'If you disagree you may object within the time given, on the page of your matter or at the justice bureau.',
      },
      cite: cite('法律援助法', 49, 1),
    },
  },
  claim: {
    text: '全部支持，追回 27,000 元',
    by: '承办人',
    on: '2026-06-20',
    action: '/m/630102/a/confirm',
    hidden,
  },
  acts,
  history: [
    {
      at: at('2026-04-03T15:20'),
      title: { zh: '还差一些材料，请您补上。', en: 'Some documents are missing: please add them.' },
      by: { zh: '城东区法律援助中心', en: 'Legal aid centre' },
      note: '缺少的材料：身份证明',
      cite: cite('法律援助法', 43, 2),
    },
    {
      at: at('2026-04-01T20:14'),
      title: { zh: '申请交上去了，法律援助机构已经收到。', en: 'The application was sent and received.' },
      by: { zh: '您', en: 'You' },
    },
  ],
  papers: {
    held: [{ title: { zh: '身份证', en: 'Identity card' }, at: at('2026-04-01T20:10'), href: '/d/1' }],
    missing: [
      {
        title: { zh: '务工材料', en: 'Proof of work' },
        hint: { zh: '工牌、工资条、工友证明，有一样就行。', en: 'Work card, wage slip or a co-worker: one is enough.' },
        href: '/m/630102/a/upload/workProof',
      },
    ],
    addHref: '/m/630102/a/upload',
  },
  readings: [{ at: at('2026-04-02T09:05'), who: '审查员', purpose: { zh: '办理这件事', en: 'Working on this matter' } }],
  toldUntil: at('2026-04-09T10:00'),
  related: [{ title: { zh: '异议', en: 'Objection' }, href: '/m/630102/b' }],
  backHref: '/mine',
})

const letter = (page: Page): LetterProps => ({
  page,
  office: '城东区法律援助中心',
  number: '（2026）城东法援民00123号',
  code: 'K7M2Q9XR4T',
  asked: '法律援助：赡养费',
  title: { zh: '不予法律援助决定书', en: 'Decision to refuse legal aid' },
  words: { zh: '经审查，决定不予法律援助。', en: 'Legal aid is refused.' },
  ground: { zh: '经济状况不符合条件', en: 'The means are above the standard' },
  reasons: '每月收入九千八百元，超过本省经济困难标准，所以不能给予援助。',
  cites: [cite('法律援助法', 43, 1), cite('法律援助法', 34)],
  contest: {
    how: {
      zh: '如果不服，可以在写明的期限内，在这件事的进度页上提出异议，由司法局审查；也可以到司法局当面提出。',
      en: 'If you disagree you may object within the time given, on the page of your matter or at the justice bureau.',
    },
    cite: cite('法律援助法', 49, 1),
    limits: [
      {
        title: { zh: '提出异议', en: 'Objecting' },
        lastDay: '2026-05-07',
        isProvisional: true,
        caveat: { zh: '以您收到的通知书为准。', en: 'The notice you were given decides.' },
      },
    ],
    isUnserved: true,
    office: { name: '西宁市司法局', address: '演示路 1 号', phone: '0971-8000009' },
  },
  decidedOn: '2026-04-17',
  isReplaced: true,
  steps: [
    {
      title: '经济困难',
      outcome: '不符合',
      explain: '全家人均收入高于本省的经济困难标准。',
      seen: '9,800 元',
      standard: '3,000 元',
      cite: cite('法律援助法', 34),
    },
    { title: '事项范围', outcome: '符合', explain: '这件事在法律援助范围内。', cite: cite('法律援助法', 31) },
  ],
  backHref: '/m/K7M2Q9XR4T',
})

/** The pages of one matter, with what a real one holds. */
export const matterSamples = (page: Page): Record<string, ReactElement> => ({
  receipt: (
    <ReceiptPage
      page={page}
      title={pick(title, page.language)}
      isPrivate={false}
      code="K7M2Q9XR4T"
      secret="青山-绿水-4821"
      receivedAt={at('2026-04-01T20:14')}
      office={{ name: '城东区法律援助中心', phone: '0971-8000001' }}
      steps={steps}
      returnUrl="https://fahui.example/return?code=K7M2Q9XR4T"
      trackHref="/m/1"
    />
  ),
  track: <TrackPage {...track(page)} />,
  letter: <LetterPage {...letter(page)} />,
  action: (
    <ActionPage
      page={page}
      act={{
        ...withdraw,
        errors: [
          { field: 'reason', message: 'answer.required' },
          { field: 'kind', message: 'answer.choose' },
        ],
      }}
      backHref="/m/1"
    />
  ),
  mine: (
    <MyMattersPage
      page={page}
      now={at('2026-04-10T09:00')}
      matters={mine.map((one) => Object.assign({}, one, { title: pick(one.title, page.language) }))}
      drafts={[{ title: pick(title, page.language), href: '/q/story', savedAt: at('2026-04-01T12:00'), left: 4 }]}
      signOut={{ action: '/out', hidden }}
    />
  ),
  proxy: (
    <ProxyPage
      page={page}
      title={{ zh: '委托他人代办', en: 'Let someone act for me' }}
      isReplaced
      action="/m/1/proxy"
      hidden={hidden}
      values={{ phone: '1380000001' }}
      errors={[
        { field: 'phone', message: 'answer.mobile' },
        { field: 'consents', message: 'answer.tick' },
      ]}
      cite={cite('个人信息保护法', 23)}
      backHref="/m/1"
    />
  ),
  upload: (
    <UploadPage
      page={page}
      title={{ zh: '务工材料', en: 'Proof of work' }}
      hint={{ zh: '有一样就行。', en: 'One is enough.' }}
      action="/a"
      hidden={hidden}
      errors={[{ field: 'file', message: 'answer.file.required' }]}
      backHref="/m/1"
    />
  ),
})

const steps = [
  {
    text: { zh: '工作人员看您的申请，决定给不给援助。', en: 'The officer reads your application and decides.' },
    by: '2026-04-08',
    cite: cite('法律援助法', 43, 1),
  },
  { text: { zh: '给援助的，三天内派律师。', en: 'If granted, a lawyer is assigned within three days.' }, cite: cite('法律援助法', 43, 1) },
  { text: { zh: '缺材料的，一次说清缺哪些。', en: 'If papers are missing, we list them all at once.' }, cite: cite('法律援助法', 43, 2) },
]
const mine = [
  {
    code: 'K7M2Q9XR4T',
    title,
    state: { zh: '等您补材料', en: 'Papers awaited' },
    href: '/m/1',
    openedAt: at('2026-04-01T20:14'),
    isYourMove: true,
    by: { title: { zh: '补充材料', en: 'Supplying what is missing' }, day: '2026-04-12' },
  },
]
