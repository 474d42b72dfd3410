/** Preset corporate (source A): a company's one desk, a kiosk in the lobby. */
import { livesItsDay } from './support/preset-day.ts'

livesItsDay({
  preset: 'corporate',
  password: 'qiheng-front-2026',
  stranger: {
    name: '洪送机',
    from: '神州数码',
    matter: '送两台服务器',
    phone: '13912340021',
    kind: '送货',
    topic: '电脑网络设备',
    route: 'delivery-computers',
    asked: [{ extension: '6600', said: 'agreed' }],
  },
  needs: { document: true, pass: true },
  guest: 'customer',
  caller: { kind: 'contractor', signs: true },
  kiosk: { kind: '客户' },
})
