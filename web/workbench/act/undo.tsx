import { App, Button } from 'antd'
import { newKey } from './drafts.ts'

/** Seconds in which a person notices what they did and reaches the button. */
const seconds = 10

/** Says what was done, with a button that takes it back. */
export function useUndo() {
  const { message } = App.useApp()
  return (words: string, undo: () => Promise<unknown>) => {
    const key = newKey()
    const takeBack = async () => {
      message.destroy(key)
      await undo().then(
        () => message.success('已撤销'),
        () => message.error('没能撤销，请再试一次'),
      )
    }
    void message.success({
      key,
      duration: seconds,
      content: (
        <>
          {words}{' '}
          <Button size="small" type="link" onClick={() => void takeBack()}>
            撤销
          </Button>
        </>
      ),
    })
  }
}
