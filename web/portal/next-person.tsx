import { say } from '#platform/messages/messages.ts'
import { Form } from './pieces/form.tsx'
import type { Hidden } from './pieces/form.tsx'
import { paths } from './frame/paths.ts'
import { Shell } from './frame/shell.tsx'
import type { Page } from './frame/shell.tsx'

/** Whether the next person sits at a shared device now, asked where a link alone led here: a link of somebody else's ends nothing. */
export function NextPersonPage({ page, hidden }: { page: Page; hidden: Hidden }) {
  const { language } = page
  return (
    <Shell page={page} title={say(language, 'nextPerson.title')}>
      <h1>{say(language, 'nextPerson.title')}</h1>
      <p className="lead">{say(language, 'nextPerson.lead')}</p>
      <Form action={paths.signOut} hidden={hidden} submit={say(language, 'nextPerson.yes')} />
      <p>
        <a className="more" href={paths.home}>
          {say(language, 'nextPerson.no')}
        </a>
      </p>
    </Shell>
  )
}
