import type { ThemeConfig } from 'antd'
import darkAlgorithm from 'antd/es/theme/themes/dark/index.js'
import defaultAlgorithm from 'antd/es/theme/themes/default/index.js'
import { colours, fontFamily, radius, textSize } from './tokens.ts'

/** Ant Design dressed in the same tokens; used by antd-provider.tsx only. */
export function antdTheme(mode: 'light' | 'dark'): ThemeConfig {
  const c = colours[mode]
  return {
    algorithm: mode === 'dark' ? darkAlgorithm : defaultAlgorithm,
    token: {
      colorPrimary: c.accent,
      colorPrimaryHover: c.accentHover,
      colorLink: c.accent,
      colorLinkHover: c.accentHover,
      colorSuccess: c.accent,
      colorWarning: c.waitingMark,
      colorError: c.alarmMark,
      colorInfo: c.accent,
      colorText: c.ink,
      colorTextHeading: c.ink,
      colorTextSecondary: c.slate,
      colorTextTertiary: c.slate,
      colorTextDescription: c.slate,
      colorTextPlaceholder: c.slate,
      colorTextLightSolid: c.onAccent,
      colorBgLayout: c.page,
      colorBgContainer: c.card,
      colorBgElevated: c.raised,
      colorBgMask: c.veil,
      colorBorder: c.lineStrong,
      colorBorderSecondary: c.line,
      colorSplit: c.line,
      fontFamily,
      fontSize: textSize.base,
      fontSizeSM: textSize.base,
      fontSizeLG: textSize.base,
      fontSizeHeading1: textSize.figure,
      fontSizeHeading2: textSize.title,
      fontSizeHeading3: textSize.title,
      borderRadius: radius,
      controlHeight: 36,
      boxShadow: c.shadow,
      boxShadowSecondary: c.shadow,
      wireframe: false,
    },
    components: {
      Table: { headerBg: c.sunken, headerColor: c.slate, rowHoverBg: c.sunken, cellPaddingBlock: 10 },
    },
  }
}
