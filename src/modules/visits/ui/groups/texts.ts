/** Words of groups for a card on the gate's first screen: they come with the card, the gate's own texts stay small. */
import i18next from 'i18next'
import en from '../../groups/en.json' with { type: 'json' }
import zh from '../../groups/zh.json' with { type: 'json' }

i18next.addResourceBundle('zh', 'translation', zh, true)
i18next.addResourceBundle('en', 'translation', en, true)
