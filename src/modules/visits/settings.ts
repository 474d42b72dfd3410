/** What a site's own regulation says (design §1.4): categories, kinds, deadlines, wording. Presets seed these. */
import { z } from 'zod'
import { setting } from '../../kernel/module.ts'
import { musterSetting } from './muster/settings.ts'
import { visitRoutesSetting } from './routes/settings.ts'
import { staffRegisterSetting } from './staff-register/settings.ts'
import { watchListSetting } from './watch-list/settings.ts'

const bilingual = z.object({ zh: z.string().trim().min(1).max(500), en: z.string().trim().min(1).max(500) })
const slug = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/)

const visitField = z.enum(['organisation', 'phone', 'purpose', 'host', 'plate'])

export const category = z.object({
  key: slug,
  name: bilingual,
  /** Shown with a star and announced at the gate. */
  important: z.boolean(),
  consent: z.enum(['always', 'unless-announced', 'never']),
  slip: z.boolean(),
  idCheck: z.boolean(),
  pass: z.boolean(),
  escort: z.boolean(),
  signOff: z.boolean(),
  refuseByDefault: z.boolean(),
  required: z.array(visitField).max(5),
  areas: z.array(z.string().trim().min(1).max(60)).max(30),
  waitingPlace: bilingual,
  /** A line worker's visitor waits elsewhere (V8); absent: the same place. */
  waitingPlaceLineWorker: bilingual.optional(),
  stayMinutes: z
    .int()
    .min(10)
    .max(24 * 60),
  /** What the person at the gate says and does, in order. */
  steps: z.array(bilingual).max(12),
})
export type Category = z.infer<typeof category>

export const kind = z.object({
  key: slug,
  name: bilingual,
  category: slug,
  /** V4: a stranger of this kind answers the three questions before anybody is disturbed. */
  questions: z.boolean().default(true),
  /** What exactly within the kind: the post applied for, the goods brought (V6). */
  topics: z
    .array(z.object({ key: slug, name: bilingual }))
    .max(40)
    .refine(uniqueKeys, { message: 'duplicate-key' })
    .default([]),
})
export type Kind = z.infer<typeof kind>

function uniqueKeys(items: readonly { key: string }[]): boolean {
  return new Set(items.map((item) => item.key)).size === items.length
}

const place = { zh: '接待区', en: 'Reception' }

export const categoriesSetting = setting({
  key: 'visits.categories',
  action: 'visit.configure',
  schema: z.array(category).min(1).max(20).refine(uniqueKeys, { message: 'duplicate-key' }),
  fallback: [
    {
      key: 'general',
      name: { zh: '一般来访', en: 'General' },
      important: false,
      consent: 'unless-announced',
      slip: true,
      idCheck: false,
      pass: true,
      escort: false,
      signOff: true,
      refuseByDefault: false,
      required: ['host', 'purpose'],
      areas: [],
      waitingPlace: place,
      stayMinutes: 120,
      steps: [],
    },
  ] as Category[],
})

export const kindsSetting = setting({
  key: 'visits.kinds',
  action: 'visit.configure',
  schema: z.array(kind).min(1).max(60).refine(uniqueKeys, { message: 'duplicate-key' }),
  fallback: [
    { key: 'visitor', name: { zh: '访客', en: 'Visitor' }, category: 'general', questions: true, topics: [] },
  ] as Kind[],
})

export const timings = z.object({
  /** Each asked person has this long before the next is asked (V5). */
  consentMinutes: z.int().min(1).max(60),
  /** The host is reminded when the guest has waited this long (V17). */
  waitingMinutes: z.int().min(1).max(240),
  /** Working hours within which a late signature is owed (V10, G6). */
  lateSignatureHours: z.int().min(1).max(80),
  /** After the end of validity the host, then the desk, is told (V18). */
  overstayGraceMinutes: z.int().min(0).max(240),
  linkHours: z.int().min(1).max(168),
  undoMinutes: z.int().min(1).max(30),
})
export type Timings = z.infer<typeof timings>

export const timingsSetting = setting({
  key: 'visits.timings',
  action: 'visit.configure',
  schema: timings,
  fallback: {
    consentMinutes: 3,
    waitingMinutes: 10,
    lateSignatureHours: 8,
    overstayGraceMinutes: 15,
    linkHours: 48,
    undoMinutes: 2,
  } as Timings,
})

/** Standard wording by situation (G7); spoken to visitors, so it is the site's, not the program's. */
export const wording = z.object({
  greeting: bilingual,
  askThree: bilingual,
  pleaseWait: bilingual,
  declined: bilingual,
  refused: bilingual,
  handPass: bilingual,
  exitUnsigned: bilingual,
  farewell: bilingual,
  safetyNotes: bilingual,
})
export type Wording = z.infer<typeof wording>

export const wordingSetting = setting({
  key: 'visits.wording',
  action: 'visit.configure',
  schema: wording,
  fallback: {
    greeting: { zh: '您好,请问找哪位?', en: 'Good day, whom would you like to see?' },
    askThree: {
      zh: '请问您从哪里来、怎么称呼、有什么事?',
      en: 'May I ask where you are from, your name and the matter?',
    },
    pleaseWait: { zh: '请稍坐,我马上联系。', en: 'Please have a seat, I will call right away.' },
    declined: {
      zh: '很抱歉,今天不方便接待,请留下联系方式,我们会转告。',
      en: 'I am sorry, it is not possible today. If you leave your contact, we will pass it on.',
    },
    refused: { zh: '抱歉,按规定今天不能入内。', en: 'I am sorry, by our rules I cannot let you in today.' },
    handPass: {
      zh: '这是您的出入证和来访单,离开时请交回。',
      en: 'Here are your pass and slip; please return both when you leave.',
    },
    exitUnsigned: {
      zh: '来访单还没有签字,请稍等,我联系一下。',
      en: 'The slip is not signed yet; one moment, I will call.',
    },
    farewell: { zh: '谢谢来访,请慢走。', en: 'Thank you for your visit. Goodbye.' },
    safetyNotes: {
      zh: '请佩戴出入证,不要进入未许可的区域。',
      en: 'Please wear your pass and stay within the permitted areas.',
    },
  } as Wording,
})

export const visitSettings = [
  categoriesSetting,
  kindsSetting,
  visitRoutesSetting,
  timingsSetting,
  staffRegisterSetting,
  musterSetting,
  watchListSetting,
  wordingSetting,
] as const
