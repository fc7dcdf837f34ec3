/** Why a part of a matter is empty: its person asked that their data be kept and used no more. */
export const UseStopped = () => <p className="empty">本人已要求停止使用自己的信息：这里的内容只保存，不再查看。</p>

/** Why a part of a matter is empty to somebody who does not work on it. */
export const NotTheirs = () => <p className="empty">这里的内容只给办理这件事的人看。</p>
