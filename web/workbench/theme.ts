import type { ThemeConfig } from 'antd'

/** antd's tokens, darkened where its own fall short of 4.5:1 on white or on the page's grey. */
export const theme: ThemeConfig = {
  components: { Select: { optionSelectedBg: '#e4edf7' } },
  token: {
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
    borderRadius: 6,
    fontSize: 15,
    controlHeight: 36,
    fontFamily: "system-ui, -apple-system, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif",
    motionDurationMid: '0.1s',
    motionDurationSlow: '0.15s',
  },
}
