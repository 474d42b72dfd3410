import { z } from 'zod'
import { type ErrorStatus, instant, pageOf, pageQuery, route, shortText, uuid } from '../contract.ts'

export const importErrors = {
  'import.kind-unknown': 404,
  'import.no-file': 400,
  'import.empty': 422,
  'import.unreadable': 422,
  'import.old-excel': 422,
  'import.too-long': 413,
  'import.unmapped': 422,
  'import.bad-lines': 422,
  'import.busy': 409,
  'import.finished': 409,
  'import.not-done': 409,
  'import.file-gone': 410,
} as const satisfies Record<string, ErrorStatus>

const kind = z.string().regex(/^[a-z][a-z-]{0,40}$/)
const mapping = z
  .record(z.string().max(60), z.string().max(120))
  .describe('field → heading of its column; fields left out are not read')

const field = z.object({ key: z.string(), required: z.boolean() })

const lineProblem = z.object({
  line: z.int(),
  problems: z.array(z.object({ field: z.string(), code: z.string(), value: z.string().optional() })),
})

const importRun = z
  .object({
    id: uuid,
    kind,
    fileName: z.string(),
    status: z.enum(['draft', 'running', 'done', 'undone']),
    total: z.int().describe('lines below the headings'),
    progress: z.int().describe('last line of the file that was dealt with'),
    created: z.int(),
    updated: z.int(),
    unchanged: z.int(),
    bad: z.int(),
    kept: z.int().describe('lines an undo left alone because they were used since'),
    at: instant,
    finishedAt: instant.nullable(),
    by: z.string(),
    mapping,
    can: z.object({ run: z.boolean(), undo: z.boolean() }),
  })
  .meta({ id: 'ImportRun' })

const profile = z.object({ id: uuid, name: z.string(), mapping }).meta({ id: 'ImportProfile' })
const tag = 'imports'
const one = z.object({ kind, id: uuid })

/** Permission is the importer's own action, so every route here asks for a sign-in and the service for the rest. */
const action = 'signed-in'

export const imports = {
  kinds: route({
    method: 'GET',
    path: '/imports',
    id: 'imports.kinds',
    tag,
    summary: 'What the caller may import, with the fields of each kind',
    action,
    response: z.object({ items: z.array(z.object({ kind, fields: z.array(field) })) }),
  }),
  upload: route({
    method: 'POST',
    path: '/imports/:kind/files',
    id: 'imports.upload',
    tag,
    summary: 'Upload an Excel or CSV file (multipart field `file`, up to 20 MB); nothing is stored yet',
    description:
      'CSV: UTF-8 with or without BOM, UTF-16 or GB18030; comma, semicolon or tab. The answer suggests a mapping, from a saved profile that fits or from the headings.',
    action,
    params: z.object({ kind }),
    response: z.object({
      run: importRun,
      headings: z.array(z.string()),
      sample: z.array(z.array(z.string())).describe('the first lines'),
      mapping,
      profiles: z.array(profile),
      profileId: uuid.nullable().describe('the profile the suggestion comes from'),
    }),
    errors: [
      'import.kind-unknown',
      'import.no-file',
      'import.empty',
      'import.unreadable',
      'import.old-excel',
      'import.too-long',
    ],
    raw: 'multipart',
  }),
  preview: route({
    method: 'POST',
    path: '/imports/:kind/runs/:id/preview',
    id: 'imports.preview',
    tag,
    summary: 'What a run would do, and every bad line with its reasons; stores nothing',
    action,
    params: one,
    body: z.object({ mapping }),
    response: z.object({
      total: z.int(),
      good: z.int(),
      bad: z.int(),
      expected: z.object({ created: z.int(), updated: z.int(), unchanged: z.int() }).nullable(),
      rows: z.array(z.object({ line: z.int(), cells: z.record(z.string(), z.string()) })),
      problems: z.array(lineProblem).describe('the first 200 bad lines; all of them with `imports.bad`'),
    }),
    errors: ['import.kind-unknown', 'import.unmapped', 'import.finished', 'import.file-gone'],
  }),
  run: route({
    method: 'POST',
    path: '/imports/:kind/runs/:id/run',
    id: 'imports.run',
    tag,
    summary: 'Store the lines; call again while `status` is `running`',
    description:
      'Works for some seconds in transactions of 200 lines and answers with the progress. After a crash the same call goes on where it stopped; nothing is stored twice.',
    action,
    params: one,
    body: z.object({
      mapping,
      onBad: z
        .enum(['skip', 'stop'])
        .default('skip')
        .describe('`stop`: a single bad line refuses the whole file'),
      saveAs: shortText.min(1).optional().describe('keep the mapping under this name'),
    }),
    response: importRun,
    errors: [
      'import.kind-unknown',
      'import.unmapped',
      'import.bad-lines',
      'import.busy',
      'import.finished',
      'import.file-gone',
    ],
  }),
  undo: route({
    method: 'POST',
    path: '/imports/:kind/runs/:id/undo',
    id: 'imports.undo',
    tag,
    summary: 'Take back what a run created and changed; what was used since stays',
    action,
    params: one,
    response: importRun,
    errors: ['import.kind-unknown', 'import.not-done'],
  }),
  read: route({
    method: 'GET',
    path: '/imports/:kind/runs/:id',
    id: 'imports.read',
    tag,
    summary: 'One run with its first bad lines',
    action,
    params: one,
    response: z.object({ run: importRun, problems: z.array(lineProblem) }),
    errors: ['import.kind-unknown'],
  }),
  bad: route({
    method: 'GET',
    path: '/imports/:kind/runs/:id/bad',
    id: 'imports.bad',
    tag,
    summary: 'The bad lines as an Excel file with their reasons, to be mended and imported again',
    action,
    params: one,
    query: z.object({ lang: z.enum(['zh', 'en']).default('zh') }),
    response: z.unknown(),
    errors: ['import.kind-unknown'],
    raw: 'file',
  }),
  runs: route({
    method: 'GET',
    path: '/imports/:kind/runs',
    id: 'imports.runs',
    tag,
    summary: 'Earlier runs, newest first',
    action,
    params: z.object({ kind }),
    query: pageQuery,
    response: pageOf(importRun),
    errors: ['import.kind-unknown'],
  }),
  removeProfile: route({
    method: 'DELETE',
    path: '/imports/:kind/profiles/:id',
    id: 'imports.removeProfile',
    tag,
    summary: 'Forget a saved mapping',
    action,
    params: one,
    response: z.object({ id: uuid }),
    errors: ['import.kind-unknown'],
  }),
}
