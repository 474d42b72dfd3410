import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../../ui-kit/session.ts'
import { type Facts, type NoticeText, noticeText, type Translate } from '../rules.ts'

/** Texts of a notification in the language of the moment; a template of an older release shows at least its name. */
export function useNoticeText(): (notice: { template: string; facts: Facts }) => NoticeText {
  const { t, i18n } = useTranslation()
  const { site } = useSession()
  const language = i18n.language === 'en' ? 'en' : 'zh'
  return useMemo(() => {
    const translate: Translate = (key, params) => {
      if (!i18n.exists(key)) return undefined
      return t(key, { ...params })
    }
    return (notice) => {
      try {
        return noticeText(translate, notice, { language, zone: site.zone })
      } catch {
        return { subject: notice.template, text: '' }
      }
    }
  }, [t, i18n, language, site.zone])
}
