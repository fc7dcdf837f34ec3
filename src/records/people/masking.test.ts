import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { maskAddress, masked, maskIdNumber, maskName, maskPhone } from './masking.ts'

describe('what a list shows of a person (个人信息保护法 §51, RULEBOOK §4.3)', () => {
  test.each([
    ['马海梅', '马×'],
    ['李四', '李×'],
    ['欧阳娜', '欧阳×'],
    ['欧阳', '欧×'],
    ['司马相如', '司马×'],
    ['司马', '司×'],
    ['买买提·艾力', '买×'],
    ['才让卓玛', '才×'],
    ['央', '×'],
    ['', '×'],
    ['𠮷田', '𠮷×'],
    ['不知道', '不知道'],
    ['  马海梅  ', '马×'],
  ])('the name %s is shown as %s', (name, shown) => expect(maskName(name)).toBe(shown))

  test.each([
    ['630102198001019914', '63**************14'],
    ['63010219800101991X', '63**************1X'],
    ['G1234567', 'G1****67'],
    ['12345', '*****'],
  ])('the number %s is shown as %s: no birth date', (id, shown) => expect(maskIdNumber(id)).toBe(shown))

  test.each([
    ['19900000012', '199****0012'],
    ['0971-8230001', '097****0001'],
    ['110', '****'],
  ])('the telephone %s is shown as %s', (phone, shown) => expect(maskPhone(phone)).toBe(shown))

  test.each([
    ['青海省西宁市城东区共和路 1 号', '青海省西宁市城东区***'],
    ['西宁市城东区，工地宿舍', '西宁市城东区***'],
    ['大通县桥头镇人民路', '大通县***'],
    ['果洛藏族自治州玛沁县大武镇', '果洛藏族自治州玛沁县***'],
    ['青海省海西蒙古族藏族自治州德令哈市柴达木路', '青海省海西蒙古族藏族自治州德令哈市***'],
    ['内蒙古自治区呼伦贝尔市鄂温克族自治旗巴彦托海镇', '内蒙古自治区呼伦贝尔市鄂温克族自治旗***'],
    ['北京市东城区', '北京市东城区***'],
    ['西宁市共和路家属区 3 号楼', '西宁市***'],
    ['共和路家属区 3 号楼', '***'],
  ])('the address %s is shown as %s', (address, shown) => expect(maskAddress(address)).toBe(shown))

  test('an organisation is named whole: its name is public', () =>
    expect(masked('organisation', { name: '青海某建筑公司', idNumber: null, phone: null, address: null }).name).toBe('青海某建筑公司'))

  test('no mask ever gives back what it hides', () =>
    fc.assert(
      fc.property(
        fc.stringMatching(/^[1-9]\d{16}[\dX]$/),
        fc.stringMatching(/^1[3-9]\d{9}$/),
        fc.stringMatching(/^[\u4e00-\u9fa5]{2,4}$/),
        (id, phone, name) => {
          expect(maskIdNumber(id)).not.toContain(id.slice(6, 14))
          expect(maskPhone(phone)).not.toContain(phone.slice(3, 7))
          expect(maskName(name) === name).toBe(['不知道', '不清楚', '不详'].includes(name))
        },
      ),
    ))
})
