import { expect, test } from 'vitest'
import { demoController, readConfig } from './config.ts'

const production = { FAHUI_MODE: 'production', DATABASE_URL: 'postgres://localhost/fahui', SMS_GATEWAY_URL: 'https://sms.example.gov.cn' }
const named = { FAHUI_CONTROLLER_NAME: '城东区司法局', FAHUI_CONTROLLER_ADDRESS: '东关大街 48 号' }
const read = (more: Record<string, string>) => () => readConfig({ ...production, ...more })

test('nothing starts for real before it says who answers for the data, where they are and whom to ask (个人信息保护法 §17)', () => {
  for (const some of [
    {},
    named,
    { FAHUI_CONTROLLER_PHONE: '12348' },
    { ...named, FAHUI_CONTROLLER_ADDRESS: '', FAHUI_CONTROLLER_PHONE: '12348' },
  ])
    expect(read(some)).toThrow(/FAHUI_CONTROLLER_NAME, FAHUI_CONTROLLER_ADDRESS and FAHUI_CONTROLLER_PHONE or FAHUI_CONTROLLER_EMAIL/)
})

test('a telephone or an e-mail is enough, and both are told', () => {
  expect(read({ ...named, FAHUI_CONTROLLER_PHONE: '0971-8000003' })().controller).toEqual({
    name: '城东区司法局',
    address: '东关大街 48 号',
    phone: '0971-8000003',
  })
  expect(read({ ...named, FAHUI_CONTROLLER_EMAIL: 'data@example.gov.cn' })().controller.email).toBe('data@example.gov.cn')
})

test('the proxies whose word is taken are addresses and networks; none where none are named, and a name is none', () => {
  expect(read({ ...named, FAHUI_CONTROLLER_PHONE: '12348', FAHUI_PROXIES: '10.0.0.5, fd00::/8' })().proxies).toEqual([
    '10.0.0.5',
    'fd00::/8',
  ])
  expect(readConfig({}).proxies).toEqual([])
  expect(read({ ...named, FAHUI_CONTROLLER_PHONE: '12348', FAHUI_PROXIES: 'proxy.local' })).toThrow(/FAHUI_PROXIES/)
})

test('a trial names nobody real', () => {
  expect(readConfig({}).controller).toBe(demoController)
})
