import { theme as antd, type ThemeConfig } from 'antd'

type Tokens = NonNullable<ThemeConfig['token']>

/** antd's tokens, darkened where its own fall short of 4.5:1 on white or on the page's grey. */
const light: Tokens = {
  colorPrimary: '#14508c',
  colorLink: '#14508c',
  colorError: '#b42318',
  colorSuccess: '#1a6b3c',
  colorWarning: '#8a5300',
  colorInfo: '#14508c',
  // Derived from our dark colours they would be muddy.
  colorInfoBg: '#eaf2fa',
  colorInfoBorder: '#b3cae2',
  colorWarningBg: '#fdf5e3',
  colorWarningBorder: '#e5c58a',
  colorErrorBg: '#fdeeec',
  colorErrorBorder: '#eeb4ad',
  colorSuccessBg: '#eef8f1',
  colorSuccessBorder: '#a9d3b9',
  colorText: '#1b2430',
  colorTextSecondary: '#49525e',
  colorTextTertiary: '#5a6370',
  colorTextDescription: '#5a6370',
  colorTextPlaceholder: '#66707d',
  colorTextDisabled: '#66707d',
  colorBorder: '#8c96a3',
}

/** The same on dark ground: a button stays blue enough for white letters, what is read as text is lighter. */
const dark: Tokens = {
  colorPrimary: '#2f74bd',
  // antd would make it lighter than white letters can stand on.
  colorPrimaryHover: '#2667aa',
  colorPrimaryActive: '#1f5a97',
  colorLink: '#8ec1f5',
  colorError: '#ff9a8f',
  colorSuccess: '#7fd1a0',
  colorWarning: '#f0bd6a',
  colorInfo: '#8ec1f5',
  colorErrorText: '#ff9a8f',
  colorInfoBg: '#16293d',
  colorInfoBorder: '#34567a',
  colorWarningBg: '#33260f',
  colorWarningBorder: '#6b5222',
  colorErrorBg: '#3a1a17',
  colorErrorBorder: '#7d3a33',
  colorSuccessBg: '#12301e',
  colorSuccessBorder: '#2f6443',
  colorBgBase: '#0b1015',
  colorBgContainer: '#171f28',
  colorBgElevated: '#1d2733',
  colorText: '#e8edf3',
  colorTextSecondary: '#c3ccd6',
  colorTextTertiary: '#aab4c0',
  colorTextDescription: '#aab4c0',
  colorTextPlaceholder: '#a0abb8',
  colorTextDisabled: '#a0abb8',
  colorBorder: '#6f7b89',
}

const rest: Tokens = {
  borderRadius: 6,
  fontFamily:
    "-apple-system, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Source Han Sans SC', 'Noto Sans SC', sans-serif",
}

const lightParts: ThemeConfig['components'] = { Select: { optionSelectedBg: '#e4edf7' } }

const darkParts: ThemeConfig['components'] = {
  Select: { optionSelectedBg: '#1e3a57' },
  Button: {
    defaultHoverColor: '#8ec1f5',
    defaultHoverBorderColor: '#8ec1f5',
    defaultActiveColor: '#8ec1f5',
    defaultActiveBorderColor: '#8ec1f5',
  },
}

/** How the look of the page reads in antd's tokens. `scale` is how much larger than usual text is. */
export const themeOf = (look: { isDark: boolean; isCompact: boolean; scale: number }): ThemeConfig => ({
  algorithm: look.isDark ? antd.darkAlgorithm : antd.defaultAlgorithm,
  components: look.isDark ? darkParts : lightParts,
  token: {
    ...rest,
    ...(look.isDark ? dark : light),
    // Nothing moves at a desk; and a button pressed twice in a moment kept its turning sign for good, as if it were still sending.
    motion: false,
    fontSize: Math.round(15 * look.scale),
    controlHeight: Math.round((look.isCompact ? 30 : 36) * look.scale),
  },
})
