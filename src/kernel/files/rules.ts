/** What a file is called and how it is served. PURE. */

const longest = 120
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)$/i

/**
 * A name that is safe to show and to save anywhere: no path, no control or direction characters (which make
 * `gpj.exe` read as `exe.jpg`), not reserved by Windows, ending in what the content really is.
 */
export function cleanName(name: string, extension: string): string {
  const base = (name.normalize('NFC').split(/[/\\]/).at(-1) ?? '')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(new RegExp(`\\.(${extension}|jpeg|heif)$`, 'i'), '')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.]+|[\s.]+$/g, '')
  const safe = base === '' ? 'file' : reserved.test(base) ? `${base}_` : base
  return `${[...safe].slice(0, longest).join('').trim()}.${extension}`
}

/** Images and PDF may be looked at in place; everything else is saved. */
export function mayShowInline(mediaType: string): boolean {
  return mediaType.startsWith('image/') || mediaType === 'application/pdf'
}

/** RFC 6266: an ASCII name for old programs, the real one as UTF-8. */
export function disposition(kind: 'inline' | 'attachment', name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]/g, '_').replace(/["\\%]/g, '_')
  const coded = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${coded}`
}
