/** Preset switchboard (source B): a house that lives by its telephone; no passes for general visitors. */
import { livesItsDay } from './support/preset-day.ts'

livesItsDay({
  preset: 'switchboard',
  password: 'zhida-front-2026',
  stranger: {
    name: '贺经理',
    from: '个人',
    matter: '应聘销售经理',
    phone: '13912340023',
    kind: '应聘者',
    topic: '销售经理',
    route: 'candidate-office',
    asked: [
      { extension: '189', said: 'busy' },
      { extension: '376', said: 'agreed' },
    ],
  },
  needs: { document: false, pass: false },
  guest: 'customer',
  caller: { kind: 'relative', signs: false },
})
