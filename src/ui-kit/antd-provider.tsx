import ConfigProvider from 'antd/es/config-provider/index.js'
import enGB from 'antd/es/locale/en_GB.js'
import zhCN from 'antd/es/locale/zh_CN.js'
import dayjs from 'dayjs'
import 'dayjs/locale/en-gb.js'
import 'dayjs/locale/zh-cn.js'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { antdTheme } from './antd-theme.ts'
import { useTheme } from './theme.ts'

/** The nonce the server gave this page; browsers show it only as a property. */
function pageNonce() {
  const holder = document.querySelector<HTMLElement>('meta[property="csp-nonce"]')
  return holder?.nonce || holder?.getAttribute('nonce') || ''
}

/** Around every screen that uses Ant Design (always a lazily loaded one): theme, language and the page's nonce. */
export function AntdProvider({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation()
  const { mode } = useTheme()
  const chinese = i18n.language.startsWith('zh')
  dayjs.locale(chinese ? 'zh-cn' : 'en-gb')
  return (
    <ConfigProvider theme={antdTheme(mode)} locale={chinese ? zhCN : enGB} csp={{ nonce: pageNonce() }}>
      {children}
    </ConfigProvider>
  )
}
