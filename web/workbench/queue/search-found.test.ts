import { expect, test } from 'vitest'
import { foundAt } from './search-found.ts'

const hit = { title: '演示赵', aside: '律师 · 某律师事务所', matter: null, entry: null, queue: null }

test('somebody on the register is found with their page there first, then with what they have in hand', () => {
  const found = foundAt({ ...hit, entry: { of: 'people', region: '630102', id: '1' }, queue: 'purpose=all&assignee=2' })
  expect(found.map(({ title, to }) => [title, to])).toEqual([
    ['演示赵', '/directory/people/630102/1'],
    ['演示赵在办的事项', '/?purpose=all&assignee=2'],
  ])
})

test('an office leads to its page, a place to its queue, a file to itself, each once', () => {
  expect(foundAt({ ...hit, entry: { of: 'offices', region: '630102', id: '1' } }).map(({ to }) => to)).toEqual([
    '/directory/offices/630102/1',
  ])
  expect(foundAt({ ...hit, queue: 'purpose=all&region=630102' }).map(({ to }) => to)).toEqual(['/?purpose=all&region=630102'])
  expect(foundAt({ ...hit, matter: { region: '630102', id: '1' } }).map(({ to }) => to)).toHaveLength(1)
})
