import { tellsViolence } from '#parts/violence-words.ts'

/** Words of what people quarrel over who go on living beside each other, as they say them. */
const words: readonly string[] = [
  '邻居|邻里|隔壁|街坊|对门|楼[上下](?:那家|住户|漏|太?吵|装修)|同村|村里人',
  '地界|地边|田埂|界石|界墙|滴水|宅基地|过界|越界',
  '(?:占|堵|挡|砌到|垒到|盖到)了?(?:我|俺|咱)们?家?',
  '采光|挡光|漏水|渗水|相邻',
  '(?:羊|牛|马|猪|狗|鸡)\\S{0,8}(?:吃了|踩了|咬了|啃了|踏了)',
  '(?:想|请|找|来|要|帮)\\S{0,4}调解|评评理',
  'neighbou?r|boundary|fence|mediat',
]

const anyOfThem = new RegExp(words.join('|'), 'i')

/** Whether a story sounds as if a talk before a mediator may help; never where it tells of violence, since whoever is afraid is not sent to a table first (人民调解法 art. 25). */
export const soundsMediable = (story: string): boolean => {
  const text = story.normalize('NFKC')
  return anyOfThem.test(text) && !tellsViolence(text)
}
