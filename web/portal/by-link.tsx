import type { Field } from '#kernel/journey/journey.ts'
import type { Text } from '#kernel/line.ts'
import { pick, say } from '#platform/messages/messages.ts'
import type { Language } from '#platform/messages/messages.ts'
import { FieldView } from './pieces/field.tsx'
import { ErrorSummary, Form } from './pieces/form.tsx'
import type { FieldError } from './pieces/form.tsx'
import { paths } from './frame/paths.ts'
import { Shell } from './frame/shell.tsx'
import type { Page } from './frame/shell.tsx'

const typed: Field = {
  name: 'secret',
  kind: 'text',
  label: { zh: '信里的十六个字母和数字', en: 'The sixteen letters and digits in the letter' },
  hint: { zh: '大小写、横线、空格都不要紧。', en: 'Capitals, dashes and spaces do not matter.' },
  autocomplete: 'off',
}

/** Where a link leads: that there is a letter, and a button. Without a `secret` it is typed from paper. */
export function LinkPage({ page, secret }: { page: Page; secret?: string }) {
  const { language } = page
  const title = say(language, 'link.title')
  return (
    <Shell page={page} title={title} backHref={paths.home}>
      <h1>{title}</h1>
      <p className="lead">{say(language, 'link.lead')}</p>
      <Form action={paths.link} hidden={secret === undefined ? {} : { secret }} submit={say(language, 'link.open')}>
        {secret === undefined && <FieldView language={language} field={typed} value={undefined} errors={[]} />}
      </Form>
      <p className="soft">{say(language, 'link.notYou')}</p>
    </Shell>
  )
}

type Proof = 'phone' | 'idDigits' | 'spoken'
export type ProofProps = { page: Page; who: Text; proof: Proof; errors: readonly FieldError[] }

const asked: Record<Proof, Field> = {
  phone: {
    name: 'answer',
    kind: 'number',
    label: { zh: '短信里的六位数字', en: 'The six digits in the message' },
    hint: { zh: '短信发到了您登记的手机上。', en: 'It went to the phone we have of you.' },
    autocomplete: 'one-time-code',
  },
  idDigits: {
    name: 'answer',
    kind: 'text',
    label: { zh: '您身份证号的最后四位', en: 'The last four characters of your identity number' },
    autocomplete: 'off',
  },
  spoken: {
    name: 'answer',
    kind: 'number',
    label: { zh: '工作人员另外告诉您的六位数字', en: 'The six digits that the office told you' },
    hint: { zh: '信里没有。没告诉您的，打信上的电话问。', en: 'They are not in the letter. If nobody told you, ring the number in it.' },
    autocomplete: 'off',
  },
}

/** Proving that one is the person a letter is for: one question, and nothing of what it is about. */
export function ProofPage({ page, who, proof, errors }: ProofProps) {
  const { language } = page
  const title = say(language, 'link.proofTitle')
  return (
    <Shell page={page} title={title} backHref={paths.home}>
      <ErrorSummary language={language} errors={errors} />
      <h1>{title}</h1>
      <p className="lead">{say(language, 'link.from', { who: pick(who, language) })}</p>
      <Form action={paths.linkProof} hidden={{}} submit={say(language, 'link.prove')}>
        <FieldView language={language} field={asked[proof]} value={undefined} errors={errors} />
      </Form>
      {proof === 'phone' && <Form action={paths.linkProof} hidden={{ act: 'again' }} submit={say(language, 'signIn.again')} isQuiet />}
    </Shell>
  )
}

type Shut = 'unknown' | 'over' | 'opened' | 'expired' | 'withdrawn' | 'reissued' | 'tries'

/** A link opens nothing: why, and what to do now. With its `secret` the reader can ask for another. */
export function ShutPage({ page, why, secret }: { page: Page; why: Shut; secret?: string }) {
  const { language } = page
  const title = say(language, 'link.shutTitle')
  return (
    <Shell page={page} title={title} backHref={paths.home}>
      <h1>{title}</h1>
      <p className="lead">{say(language, `link.shut.${why}`)}</p>
      {secret && <Form action={paths.link} hidden={{ secret, act: 'ask' }} submit={say(language, 'link.askAgain')} />}
      <Elsewhere language={language} />
    </Shell>
  )
}

/** The desk was told that another link is wanted. */
export function AskedAgainPage({ page }: { page: Page }) {
  const { language } = page
  const title = say(language, 'link.askedTitle')
  return (
    <Shell page={page} title={title} backHref={paths.home}>
      <h1>{title}</h1>
      <p className="lead">{say(language, 'link.asked')}</p>
      <Elsewhere language={language} />
    </Shell>
  )
}

const Elsewhere = ({ language }: { language: Language }) => (
  <>
    <p>{say(language, 'link.elsewhere')}</p>
    <p>
      <a className="more" href={paths.places}>
        {say(language, 'shell.places')}
      </a>
    </p>
  </>
)

/** Beside a matter that is read by a link: how long that lasts, and that an account may be made of it. */
export function ByLink({ language }: { language: Language }) {
  return (
    <section className="note">
      <p>{say(language, 'link.session')}</p>
      <p>
        <a className="more" href={paths.signIn}>
          {say(language, 'link.makeAccount')}
        </a>
      </p>
      <Form action={paths.signOut} hidden={{}} submit={say(language, 'link.leave')} isQuiet />
    </section>
  )
}
