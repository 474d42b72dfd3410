import { fileTypeFromBuffer } from 'file-type'

export interface Recognised {
  /** As it is served. */
  readonly mediaType: string
  readonly extension: string
}

const office = 'application/vnd.openxmlformats-officedocument'

/** By content, never by what the sender says. SVG and HTML can carry script and are on no list. */
const allowed: ReadonlyMap<string, string> = new Map([
  ['image/png', 'png'],
  ['image/jpeg', 'jpg'],
  ['image/webp', 'webp'],
  ['image/heic', 'heic'],
  ['image/heif', 'heic'],
  ['application/pdf', 'pdf'],
  [`${office}.wordprocessingml.document`, 'docx'],
  [`${office}.spreadsheetml.sheet`, 'xlsx'],
])

/** What a file is by its content; `undefined`: nothing that may be attached. */
export async function recognise(content: Buffer, name: string): Promise<Recognised | undefined> {
  const text = /\.(txt|csv)$/i.exec(name)?.[1]?.toLowerCase()
  if (text !== undefined) {
    const charset = plainText(content)
    if (charset === undefined) return undefined
    return { mediaType: `text/${text === 'csv' ? 'csv' : 'plain'}; charset=${charset}`, extension: text }
  }
  const found = await fileTypeFromBuffer(content, { signal: AbortSignal.timeout(5_000) }).catch(
    () => undefined,
  )
  const extension = found === undefined ? undefined : allowed.get(found.mime)
  return found === undefined || extension === undefined ? undefined : { mediaType: found.mime, extension }
}

/** The charset when the content is text and no markup; Chinese spreadsheets still write GB 18030. */
function plainText(content: Buffer): string | undefined {
  for (const charset of charsets(content)) {
    const text = decode(content, charset)
    if (text === undefined || hasControls(text)) continue
    return /^\s*<(!doctype|!--|\?xml|html|head|body|svg|script|iframe)/i.test(text) ? undefined : charset
  }
  return undefined
}

function charsets(content: Buffer): readonly string[] {
  const mark = content.subarray(0, 2).toString('hex')
  if (mark === 'fffe') return ['utf-16le']
  return mark === 'feff' ? ['utf-16be'] : ['utf-8', 'gb18030']
}

function decode(content: Buffer, charset: string): string | undefined {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(content)
  } catch {
    return undefined
  }
}

function hasControls(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they tell a binary file from text
  return /[\u0000-\u0008\u000e-\u001a\u001c-\u001f\u007f]/.test(text)
}
