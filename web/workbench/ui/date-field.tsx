import { Input } from 'antd'
import { useState } from 'react'
import { dayTyped, isMoment, momentOf, momentTyped, timeOf } from './time.ts'

/** How one kind of date is typed, shown, and picked with the browser's own calendar. */
type Writing = {
  example: string
  picker: 'date' | 'datetime-local'
  read(typed: string): string | undefined
  show(value: string): string
  picked(value: string): string
}

const day: Writing = { example: '2026-03-01', picker: 'date', read: dayTyped, show: (value) => value, picked: (value) => value }
const moment: Writing = {
  example: '2026-03-01 09:30',
  picker: 'datetime-local',
  read: momentTyped,
  show: (value) => (isMoment(value) ? timeOf(value) : value),
  picked: momentOf,
}

type Its = { id?: string; value?: string; onChange?: (value: string | undefined) => void }

/** A day, typed in any usual way or picked; its value is 'YYYY-MM-DD', or what was typed if that is no day. */
export const DayField = (its: Its) => <DateField {...its} writing={day} />

/** A time in Shanghai; its value is the moment in UTC, or what was typed if that is no time. */
export const MomentField = (its: Its) => <DateField {...its} writing={moment} />

// The browser's own field shows days in the order of the browser's language; in a legal form 03/04 must not be a guess.
function DateField({ id, value, onChange, writing, ...aria }: Its & { writing: Writing }) {
  const [typed, setTyped] = useState<string | null>(null)
  const type = (text: string) => {
    setTyped(text)
    onChange?.(text === '' ? undefined : (writing.read(text) ?? text))
  }
  return (
    <Input
      {...aria}
      {...(id && { id })}
      value={typed ?? (value ? writing.show(value) : '')}
      placeholder={`例如 ${writing.example}`}
      onChange={({ target }) => type(target.value)}
      onBlur={() => setTyped(null)}
      suffix={<Picker kind={writing.picker} pick={(picked) => onChange?.(picked ? writing.picked(picked) : undefined)} />}
    />
  )
}

const Picker = ({ kind, pick }: { kind: Writing['picker']; pick: (picked: string) => void }) => (
  <span className="picker">
    <input type={kind} tabIndex={-1} aria-hidden="true" onChange={({ target }) => pick(target.value)} />
    <button type="button" aria-label="打开日历" onClick={({ currentTarget }) => openCalendar(currentTarget.previousElementSibling)}>
      <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
        <path d="M2 3.5h12v10H2zM2 6.5h12M5 2v3M11 2v3" fill="none" stroke="currentColor" strokeWidth="1.3" />
      </svg>
    </button>
  </span>
)

const openCalendar = (input: Element | null) => input instanceof HTMLInputElement && input.showPicker()
