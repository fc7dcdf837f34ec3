import { nationalCalendar } from '#records/register/holidays.ts'
import { runClock } from './clock-command.ts'

export async function run(args: string[]): Promise<void> {
  process.stdin.setEncoding('utf8')
  for await (const line of runClock(args, process.stdin as AsyncIterable<string>, nationalCalendar())) process.stdout.write(`${line}\n`) // setEncoding makes the chunks text
}
