/** Words of whom to ask, brought along by whoever shows it: the first screen of gate and desk does without them. */
import i18next from 'i18next'
import en from './en.json' with { type: 'json' }
import zh from './zh.json' with { type: 'json' }

i18next.addResourceBundle('zh', 'translation', zh, true)
i18next.addResourceBundle('en', 'translation', en, true)
