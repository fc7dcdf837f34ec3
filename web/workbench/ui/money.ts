const yuanFormat = new Intl.NumberFormat('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 2 })

/** Integer fen from yuan as typed. */
export const fenOf = (yuan: number) => Math.round(yuan * 100)

/** Yuan from integer fen, for editing. */
export const yuanOf = (fen: number) => fen / 100

/** Integer fen in words: '1,234.50 元'. */
export const inYuan = (fen: number) => `${yuanFormat.format(yuanOf(fen))} 元`
