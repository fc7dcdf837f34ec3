import { expect, test } from 'vitest'
import * as given from '#lines/services.ts'
import * as registered from '../../../src/lines/services.ts'
import { rehearsal } from './world/service.ts'

test('this process has the registered list and one entry more, and whatever is read off the one is read off the other', () => {
  expect(given.services).toEqual([...registered.services, rehearsal])
  expect(Object.keys(given).toSorted()).toEqual(Object.keys(registered).toSorted())
})
