/** Whoever lives near enough to look over a shoulder. */
const near =
  '(?:老公|丈夫|男人|男的|爱人|对象|男朋友|男友|女朋友|女友|前夫|前妻|前任|老婆|妻子|媳妇|婆婆|公公|公婆|婆家|岳父|岳母|爸|妈|爹|娘|父亲|母亲|父母|儿子|女儿|闺女|女婿|哥|弟|姐|妹|叔|伯|舅|姑|爷|奶|家里|家人|亲戚|那口子|当家的|同居)'
/** Within one sentence. */
const gap = (most: number): string => `[^。！？；!?;\\n]{0,${most}}`
const whom = '(?:我|俺|咱|人|老婆|媳妇|妻子|孩子|小孩|娃|女儿|儿子|闺女|老人|老娘|老爹|爹|妈|爸|她|他)'
/** Money is "beaten" to somebody too, and so is a telephone. */
const isPaid =
  '(?:的?[一二两三四五六七八九十百千万几半\\d个月年天这那上下]{0,8}的?(?:工资|工钱|钱|款|块|元|卡|账|帐|电话|手机|微信|支付宝|银行|名下|欠条|借条|收条))'
/** What else is "beaten" in Chinese: work, the telephone, a lawsuit, cards. */
const otherwise =
  '(?![工官电车卡钱款字印牌麻扑听扰扫算招杂针疫点欠借收条包折开发交短微招游球饭水鱼猎气赌牌零]|官司|鸣不平|白条|了?[欠借收白]条|给|到(?:我|他|她|卡|账)|了?[一二两三四五六七八九十百千万几\\d]+(?:块|元|万|千|钱))'

/**
 * What people write who are hurt, or kept, or followed, by someone who may be reading along; each with where it stops. A journey told in such words is private
 * from its first page. When in doubt it is: a needless exit button harms nobody.
 */
const told: readonly string[] = [
  // Named outright.
  '家暴|家庭暴力|施暴|暴力|虐待|殴打|毒打|暴打|痛打|挨打|挨揍|拳打脚踢|拳脚|耳光|巴掌|毒手',
  '保护令|告诫书|庇护',
  // A hand raised, whoever raised it.
  `打(?:了|过|着|伤|骂|得|死|残|断|晕|哭)*${whom}(?!${isPaid}|[要]?官司)`,
  `打骂|被${gap(8)}打${otherwise}|把(?:我|她|孩子)${gap(6)}打${otherwise}`,
  `${near}${gap(14)}(?:[又老总常天就还都会爱乱来去把]|经常|动不动|喝[了多醉]?酒?)打${otherwise}`,
  `${near}打${otherwise}`,
  '(?<!自己|亲自|亲手)动手(?!术|续|机|脚|做|干|写|能)|揍|踹|掐(?:我|她|脖|住|着)|踢(?:我|她|孩子)|扇(?:我|她|了)|砍|抽我|推下|拿刀|持刀|用刀|菜刀|泼(?:我|硫酸|汽油|开水)',
  // Against the body.
  '强奸|强暴|性侵|猥亵|性骚扰|性虐|非礼|乱摸|摸我|逼我(?:陪|同房|卖)|强迫我|不(?:愿|同)意?就?(?:硬来|强来)|偷拍|裸照|私密照|迷奸',
  // Threats.
  '弄死|打死|整死|砍死|杀了?(?:我|她|全家|你)|要(?:杀|我的?命)|同归于尽|恐吓|不想活|活不下去|寻死|自杀',
  `威胁(?:要|说)?(?:我|她|孩子|杀|打)`,
  // Kept, followed, controlled.
  '跟踪|尾随|骚扰|纠缠|缠着我|堵(?:我|在?家?门口|我家)|盯着我|监视|查(?:我|看我)的?手机',
  '囚禁|软禁|拘禁|拐卖|被拐|逼婚|逼我(?:嫁|结婚|生)|控制我|(?:关|锁)我?(?:在|到)(?:家|屋|房|里|柴|地下|黑)|(?:把|将)(?:我|她)(?:关|锁|绑)',
  '不(?:让|许|准)(?:我|她)(?:出门|出去|出屋|见人|回家|回娘家|见孩子|看孩子|跟人|和人|说话|打电话|上班|离开)',
  '赶(?:我|她)?(?:出|走)(?:家|门|我)?|不敢回家|不敢(?:说|告诉|报警|离)|(?:逃|躲|跑)(?:出来|出去|回娘家|到娘家)',
  `${near}${gap(8)}(?:欺负|欺侮|吓唬|骂|摔东西|砸东西|砸家|发酒疯|耍酒疯)`,
  `怕(?:他|她|${near})|害怕${gap(6)}(?:他|她|${near})`,
  // In English.
  String.raw`\b(?:beats?|beaten|beating|hits?|hitting|punch\w*|kick\w*|slap\w*|chok\w*|strangl\w*)\s+(?:me|her|us|my|the (?:child|kids?))\b`,
  String.raw`\b(?:abus\w*|violen\w*|rap(?:e|ed|ist)|molest\w*|assault\w*|stalk\w*|harass\w*|threaten\w*|afraid of (?:him|her|my)|locks? me|locked me)\b`,
]

const anyOfThem = new RegExp(told.join('|'), 'i')

/** Whether a story tells of harm by somebody who may be near. Chinese is read without its spaces, which some keyboards put between words. */
export const tellsViolence = (story: string): boolean =>
  anyOfThem.test(story.normalize('NFKC').replaceAll(/(?<=\p{Script=Han})[ \t]+(?=\p{Script=Han})/gu, ''))
