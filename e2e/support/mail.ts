/** The readable part of a letter as it went over the wire. */
export function letterText(raw: string): string {
  const parts = raw.split(/\r?\n--[^\r\n]+\r?\n/)
  const plain = parts.find((part) => /content-type: text\/plain/i.test(part)) ?? raw
  const [head = '', ...body] = plain.split(/\r?\n\r?\n/)
  const text = body.join('\n\n')
  if (/base64/i.test(head)) return Buffer.from(text, 'base64').toString()
  if (!/quoted-printable/i.test(head)) return text
  const bytes = text
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString()
}
