import type { RefusalCode } from '#kernel/refusal.ts'

/** What those at the desk are told where the citizen's sentence would send them to a page or a number that is not theirs. */
export const deskRefusalsZh = {
  'desk.refusal.not_found': '没有找到，或者不在您的职责范围内。请核对编号，或者回到列表再找。',
  'desk.refusal.not_permitted': '这一步不由您办理。请交给负责的同事。',
  'desk.refusal.sign_in_first': '登录过期了。请再登录，填好的还在。',
  'desk.refusal.wrong_credentials': '没有对上。请看看账号、密码和动态口令有没有写错；一个动态口令只能用一次，刚用过的，等下一个再试。',
  'desk.refusal.codes_used_up': '今天发到这个手机的验证码够多了。请明天再试。',
  'desk.refusal.opened_enough': '今天打开的事项已经到上限。请明天再办；确实要多看，请主管机关调整上限。',
  'desk.refusal.never_shared': '电话、住址、身份证号和怎么联系本人，不给对方看。请选别的。',
  'desk.refusal.too_many_tries': '试的次数太多了。请过十五分钟再试；着急请找账号管理员。',
  'desk.refusal.too_many': '这会儿来的次数太多，先停一停。请过一会儿再试；有通行密钥的可以用通行密钥登录，着急请找账号管理员。',
  'desk.refusal.no_office': '这个县还没有登记办理机构，交不进来。请先在名录里登记，或者登记由上级机构办理。',
  'desk.refusal.wrong_state': '这件事已经走到别的步骤，现在不能这样办。请刷新，看现在能做什么。',
  'desk.refusal.key_reused': '这一份像是提交过了。请刷新看看有没有记上；没有的话，请重新填写。',
  'desk.refusal.missing_document': '还缺材料，先不能办。请补上“材料”里还缺的，再来这一步。',
  'desk.refusal.missing_answer': '还有没答完的问题。请补记完整，再来这一步。',
  'desk.refusal.invalid': '有的地方填得不对。请改好标出来的地方，再提交。',
  'desk.refusal.media_type': '这样交来的读不了。请用工作台里的表单提交。',
  'desk.refusal.too_late': '规定的期限已经过了，不能这样办。请改用还能办的步骤。',
  'desk.refusal.too_early': '还没到能办的时候。请看“期限”里的日子，到时候再办。',
  'desk.refusal.once_only': '这一步只能办一次，已经办过了。请看“经过”里的记录。',
  'desk.refusal.not_applicable': '这件事不适用这一步。请看现在能办的步骤。',
  'desk.refusal.cross_site': '这一份不是从工作台提交的，为了安全没有收。请回到工作台，重新提交。',
  'desk.refusal.papers_full': '这件事的材料已经太多，网上收不下了。其余的请存入纸质卷。',
  'desk.refusal.unavailable': '系统暂时连不上，这一步多半没办成。填好的还在，请过几分钟再看一眼、再提交；提交两次也只办一次。',
  'desk.refusal.busy': '现在用的人太多。填好的还在，请过一分钟再提交。',
} satisfies Partial<Record<`desk.refusal.${RefusalCode}`, string>>
