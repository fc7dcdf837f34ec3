/** Words that the names of firms and authorities end in or carry. */
const words = /公司|集团|厂|店|商行|超市|银行|学校|医院|局|院|队|合作社|委员会|物业|协会|\b(?:Co|Ltd|Inc|LLC)\b/i

/** A firm or a person, by its name. */
export const kindByName = (name: string): 'organisation' | 'natural' => (words.test(name) ? 'organisation' : 'natural')
