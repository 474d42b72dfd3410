import { useTranslation } from 'react-i18next'
import type { RegisterFilter } from '../register-search.ts'

/** What a figure asked the register for, in words: 周五 9 时 · 到访. Empty when it asked nothing. */
export function useSliceWords() {
  const { t } = useTranslation()
  return (asked: RegisterFilter): string => {
    const words: string[] = []
    if (asked.slice) words.push(t(`visits.figures.slice.${asked.slice}`))
    if (asked.weekday) words.push(t(`visits.figures.weekday.${asked.weekday}`))
    if (asked.hour !== undefined) words.push(t('visits.figures.atHour', { hour: asked.hour }))
    if (asked.organisation !== undefined) words.push(asked.organisation)
    if (asked.ofHost) words.push(t('visits.figures.oneHost'))
    if (asked.ofDepartment) words.push(t('visits.figures.oneDepartment'))
    if (asked.ofVisitor) words.push(t('visits.figures.oneVisitor'))
    if (asked.waited) {
      const { waitedFrom: from = 0, waitedTo: to = 240 } = asked
      const span = from === to ? String(from) : `${from}–${to}`
      const minutes = t(to === 240 ? 'visits.figures.minutesOver' : 'visits.figures.minutes', { span, from })
      words.push(`${t(`visits.figures.wait.${asked.waited}`)} ${minutes}`)
    }
    return words.join(' · ')
  }
}
