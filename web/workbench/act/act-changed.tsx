import { Alert, Button } from 'antd'
import type { Action, Matter } from '../contract.ts'
import { differences, entriesSince, typedWords } from '../settings/differences.ts'
import { Rows } from '../queue/rows.tsx'
import { fieldsOf } from '../ui/schema-fields.ts'
import { timeOf } from '../ui/time.ts'

type Its = {
  before: Matter
  after: Matter
  wasRefused: boolean
  action: Action
  typed: Record<string, unknown>
  see: () => void
  again: () => Promise<void>
}

/** What others did under an open form, beside what was typed into it, and the one press that sends it all the same. */
export function Changed({ before, after, wasRefused, action, typed, see, again }: Its) {
  const entries = entriesSince(before, after)
  return (
    <Alert
      className="note changed"
      type="warning"
      role="alert"
      title={wasRefused ? '还没有提交：这件事刚有变化。您填的内容都在。' : '这件事刚有变化。您填的内容都在。'}
      description={
        <>
          <ul>
            {entries.map((entry) => (
              <li key={entry.seq}>{`${timeOf(entry.at)} ${entry.by}：${entry.title}`}</li>
            ))}
          </ul>
          <div className="compare">
            <Different before={before} after={after} />
            <section>
              <h3>您填的</h3>
              <Rows rows={typedWords(fieldsOf(action.schema), typed)} />
            </section>
          </div>
          {action.allowed ? (
            <div className="ending">
              <Button onClick={see}>我再改改</Button>
              <Button type="primary" onClick={() => void again()}>
                按现在的情况提交
              </Button>
            </div>
          ) : (
            <p>{`现在不能再办“${action.title}”：${action.why ?? '状态已经变了'}。`}</p>
          )}
        </>
      }
    />
  )
}

const Different = ({ before, after }: Pick<Its, 'before' | 'after'>) => (
  <section>
    <h3>有什么变化</h3>
    <dl className="differences">
      {differences(before, after).map(({ what, before: was, after: is }) => (
        <div key={`${what} ${was} ${is}`}>
          <dt>{what}</dt>
          {was !== null && (
            <dd>
              <del>{was}</del>
            </dd>
          )}
          {is !== null && (
            <dd>
              <ins>{is}</ins>
            </dd>
          )}
        </div>
      ))}
    </dl>
  </section>
)
