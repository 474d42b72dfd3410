/** Preset property (source D): residents' guests, works by permit, no kiosk at the service centre. */
import { livesItsDay } from './support/preset-day.ts'

livesItsDay({
  preset: 'property',
  password: 'cuihu-front-2026',
  stranger: {
    name: '岳来',
    from: '退伍军人',
    matter: '应聘门岗',
    phone: '13912340022',
    kind: '应聘者',
    topic: '秩序维护',
    route: 'candidate',
    asked: [{ extension: '8105', said: 'agreed' }],
  },
  needs: { document: false, pass: true },
  guest: 'supplier',
  // Without a topic: decoration is turned away outside its hours, and the journey runs at any hour.
  caller: { kind: 'contractor', signs: true },
})
