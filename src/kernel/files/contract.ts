import { z } from 'zod'
import { type ErrorStatus, instant, route, uuid } from '../contract.ts'

export const fileErrors = {
  'file.type': 415,
  'file.too-many': 409,
  'file.content-missing': 410,
} as const satisfies Record<string, ErrorStatus>

const entity = z.string().min(1).max(60)
const subjectId = z.string().min(1).max(100)

export const attachment = z
  .object({
    id: uuid,
    name: z.string(),
    mediaType: z.string(),
    size: z.int(),
    at: instant,
    by: z.string(),
    removedAt: instant.nullable(),
    can: z.object({ show: z.boolean(), remove: z.boolean(), restore: z.boolean() }),
  })
  .meta({ id: 'Attachment', description: '`can.show`: opens in the browser with `?inline=true`' })

/** Body of `add` next to the part `file`; sent as multipart/form-data. */
export const attachmentFields = z.object({ subjectEntity: entity, subjectId })

const known =
  'Who may is decided by the entity the file belongs to; a signed link reaches its own subject only.'

export const fileRoutes = {
  add: route({
    method: 'POST',
    path: '/files',
    id: 'files.add',
    tag: 'files',
    summary: 'Attach a file',
    description: `multipart/form-data: \`subjectEntity\`, \`subjectId\`, \`file\` (up to 20 MB: png, jpg, webp, heic, pdf, docx, xlsx, txt, csv, told by content). ${known}`,
    action: 'known',
    response: attachment,
    errors: ['file.type', 'file.too-many'],
    raw: 'multipart',
  }),
  list: route({
    method: 'GET',
    path: '/files',
    id: 'files.list',
    tag: 'files',
    summary: 'Files of one record, oldest first',
    description: known,
    action: 'known',
    query: z.object({ entity, id: subjectId }),
    response: z.object({ items: z.array(attachment), can: z.object({ add: z.boolean() }) }),
  }),
  read: route({
    method: 'GET',
    path: '/files/:id',
    id: 'files.read',
    tag: 'files',
    summary: 'The file itself',
    description: `\`inline\`: images and PDF are shown instead of saved. ${known}`,
    action: 'known',
    params: z.object({ id: uuid }),
    query: z.object({
      inline: z.stringbool().default(false),
      site: z.uuid().optional(),
      link: z.string().max(3000).optional(),
    }),
    response: z.string(),
    errors: ['file.content-missing'],
    raw: 'file',
  }),
  remove: route({
    method: 'DELETE',
    path: '/files/:id',
    id: 'files.remove',
    tag: 'files',
    summary: 'Remove a file from its record',
    description: `Rule G4: it is marked, kept, and can be restored. ${known}`,
    action: 'known',
    params: z.object({ id: uuid }),
    response: attachment,
  }),
  restore: route({
    method: 'POST',
    path: '/files/:id/restore',
    id: 'files.restore',
    tag: 'files',
    summary: 'Undo a removal',
    description: `Rule G4. ${known}`,
    action: 'known',
    params: z.object({ id: uuid }),
    response: attachment,
  }),
} as const
