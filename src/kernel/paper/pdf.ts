/**
 * Paper that is kept: PDF files with Chinese type, page numbers and signatures (V8, V11). What is printed once from the
 * screen uses the browser's print; this is for what is stored or sent. Layout is pdfkit's; sizes in points (1 mm = 2.835).
 */
import { fileURLToPath } from 'node:url'
import PDFDocument from 'pdfkit'

const font = (path: string): string =>
  fileURLToPath(import.meta.resolve(`@expo-google-fonts/noto-sans-sc/${path}`))
const regular = font('400Regular/NotoSansSC_400Regular.ttf')
const bold = font('700Bold/NotoSansSC_700Bold.ttf')

const ink = '#1B2733'
const slate = '#5B6B7A'
const hair = '#B8BFC6'

const sizes = {
  A4: [595.28, 841.89],
  A5: [419.53, 595.28],
  /** A card in a holder, 86 × 54 mm. */
  card: [243.78, 153.07],
  /** A label printer's 62 mm roll. */
  label: [175.75, 283.46],
} as const

export interface PaperOptions {
  /** Title of the file, and of the page when `heading` is called without words. */
  readonly title: string
  readonly language: 'zh' | 'en'
  /** Whose paper it is: the site. */
  readonly author: string
  readonly at: Date
  readonly size?: keyof typeof sizes
  readonly landscape?: boolean
  /** Points; default 42 on sheets, 10 on cards. */
  readonly margin?: number
  /** Printed at the foot of every page, `第 1 页 共 3 页`; absent on cards. */
  readonly footer?: (page: number, pages: number) => string
}

export interface Column {
  readonly title: string
  /** Share of the width. */
  readonly width: number
  readonly align?: 'left' | 'center' | 'right'
}

export interface TextLook {
  readonly size?: number
  readonly bold?: boolean
  readonly muted?: boolean
  readonly align?: 'left' | 'center' | 'right'
}

const padding = 4
const cellSize = 9.5

/** One paper, written from top to bottom; a page that is full goes on on the next one. */
export class Paper {
  readonly #doc: PDFKit.PDFDocument
  readonly #done: Promise<Buffer>
  readonly #options: PaperOptions

  constructor(options: PaperOptions) {
    this.#options = options
    const { size = 'A4', landscape = false } = options
    const small = size === 'card' || size === 'label'
    const [width, height] = sizes[size]
    this.#doc = new PDFDocument({
      size: landscape ? [height, width] : [width, height],
      margin: options.margin ?? (small ? 10 : 42),
      lang: options.language === 'zh' ? 'zh-CN' : 'en',
      displayTitle: true,
      bufferPages: true,
      // None: opened here and registered below it would be read from disk anew at every change of type.
      font: '',
      info: { Title: options.title, Author: options.author, CreationDate: options.at, Producer: 'Foyer' },
    })
    this.#doc.registerFont('regular', regular).registerFont('bold', bold)
    const chunks: Buffer[] = []
    this.#done = new Promise((resolve, reject) => {
      this.#doc.on('data', (chunk: Buffer) => chunks.push(chunk))
      this.#doc.on('end', () => resolve(Buffer.concat(chunks)))
      this.#doc.on('error', reject)
    })
    this.#look({})
  }

  get width(): number {
    const { page } = this.#doc
    return page.width - page.margins.left - page.margins.right
  }

  /** pdfkit itself, for what a single form draws in its own way; positions stay in step. */
  get doc(): PDFKit.PDFDocument {
    return this.#doc
  }

  heading(words: string = this.#options.title): this {
    return this.text(words, { size: 16, bold: true, align: 'center' }).space(8)
  }

  text(words: string, look: TextLook = {}): this {
    this.#look(look)
    this.#doc.text(words, this.#doc.page.margins.left, this.#doc.y, {
      width: this.width,
      align: look.align ?? 'left',
      lineGap: 2,
    })
    this.#look({})
    return this
  }

  space(points = 8): this {
    this.#doc.y += points
    return this
  }

  rule(): this {
    const { page, y } = this.#doc
    this.#doc
      .moveTo(page.margins.left, y + 3)
      .lineTo(page.width - page.margins.right, y + 3)
      .lineWidth(0.5)
      .strokeColor(hair)
      .stroke()
    return this.space(8)
  }

  /** Label and value in boxes, `perRow` pairs side by side: the body of every Chinese form. */
  fields(pairs: readonly (readonly [label: string, value: string])[], perRow = 2): this {
    const label = perRow === 1 ? 0.175 : 0.35 / perRow
    const columns = Array.from({ length: perRow }, () => [
      { title: '', width: label },
      { title: '', width: 1 / perRow - label },
    ]).flat()
    for (let at = 0; at < pairs.length; at += perRow) {
      const row = pairs.slice(at, at + perRow).flat()
      while (row.length < columns.length) row.push('')
      this.#row(columns, row, (column) => ({ muted: column % 2 === 0 }))
    }
    return this.space(4)
  }

  /** A list; its head stands again on every page. Smaller type where many columns would break words. */
  table(columns: readonly Column[], rows: readonly (readonly string[])[], size = cellSize): this {
    const head = () =>
      this.#row(
        columns,
        columns.map(({ title }) => title),
        () => ({ bold: true, size }),
      )
    head()
    for (const row of rows) this.#row(columns, row, () => ({ size }), head)
    return this.space(4)
  }

  /** A picture in the width it needs: a signature, a QR code, a photo. PNG or JPEG. */
  image(picture: Buffer, width: number, height: number, align: 'left' | 'center' | 'right' = 'left'): this {
    this.#fit(height)
    const { page, y } = this.#doc
    const free = this.width - width
    const x = page.margins.left + (align === 'left' ? 0 : align === 'center' ? free / 2 : free)
    this.#doc.image(picture, x, y, { fit: [width, height] })
    this.#doc.y = y + height
    return this.space(4)
  }

  /** What `write` writes stands to the left of a square picture, a code to be scanned. */
  beside(picture: Buffer, side: number, write: () => void): this {
    this.#fit(side)
    const { page, y } = this.#doc
    const { right } = page.margins
    this.#doc.image(picture, page.width - right - side, y, { fit: [side, side] })
    this.#doc.y = y
    page.margins.right = right + side + 10
    write()
    page.margins.right = right
    this.#doc.y = Math.max(this.#doc.y, y + side)
    return this
  }

  /** `签字：________` with the signature on the line when there is one. */
  signature(label: string, signed?: { readonly picture?: Buffer; readonly words: string }): this {
    const height = signed?.picture === undefined ? 30 : 44
    this.#fit(height)
    const { page, y } = this.#doc
    const left = page.margins.left
    this.#look({ muted: true })
    this.#doc.text(label, left, y + height - 18, { width: 110, lineBreak: false })
    if (signed?.picture !== undefined) {
      this.#doc.image(signed.picture, left + 116, y, { fit: [150, height - 4] })
    }
    this.#look({})
    this.#doc.text(signed?.words ?? '', left + 276, y + height - 18, {
      width: this.width - 276,
      lineBreak: false,
    })
    this.#doc
      .moveTo(left + 112, y + height)
      .lineTo(left + this.width, y + height)
      .lineWidth(0.5)
      .strokeColor(hair)
      .stroke()
    this.#doc.y = y + height
    return this.space(8)
  }

  newPage(): this {
    this.#doc.addPage()
    return this
  }

  /** Page numbers are known only now. */
  async bytes(): Promise<Buffer> {
    const { footer } = this.#options
    if (footer !== undefined) {
      const { start, count } = this.#doc.bufferedPageRange()
      for (let page = 0; page < count; page += 1) {
        this.#doc.switchToPage(start + page)
        const { margins, height } = this.#doc.page
        // Below the margin pdfkit would begin a new page.
        this.#doc.page.margins = { ...margins, bottom: 0 }
        this.#look({ size: 8, muted: true })
        this.#doc.text(footer(page + 1, count), margins.left, height - 30, {
          width: this.width,
          align: 'center',
          lineBreak: false,
        })
        this.#doc.page.margins = margins
      }
    }
    this.#doc.end()
    return this.#done
  }

  #look({ size = 10.5, bold: heavy = false, muted = false }: TextLook): void {
    this.#doc
      .font(heavy ? 'bold' : 'regular')
      .fontSize(size)
      .fillColor(muted ? slate : ink)
  }

  #fit(height: number, otherwise?: () => void): void {
    const { page, y } = this.#doc
    if (y + height <= page.height - page.margins.bottom) return
    this.#doc.addPage()
    otherwise?.()
  }

  #row(
    columns: readonly Column[],
    cells: readonly string[],
    look: (column: number) => TextLook,
    onNewPage?: () => void,
  ): void {
    const total = columns.reduce((sum, { width }) => sum + width, 0)
    const widths = columns.map(({ width }) => (width / total) * this.width)
    const heights = cells.map((cell, i) => {
      this.#look({ size: cellSize, ...look(i) })
      return this.#doc.heightOfString(cell === '' ? ' ' : cell, { width: (widths[i] ?? 0) - padding * 2 })
    })
    const height = Math.max(...heights) + padding * 2
    this.#fit(height, onNewPage)
    const { y } = this.#doc
    let x = this.#doc.page.margins.left
    for (const [i, cell] of cells.entries()) {
      const width = widths[i] ?? 0
      this.#doc.rect(x, y, width, height).lineWidth(0.5).strokeColor(hair).stroke()
      this.#look({ size: cellSize, ...look(i) })
      this.#doc.text(cell, x + padding, y + padding, {
        width: width - padding * 2,
        align: columns[i]?.align ?? 'left',
      })
      x += width
    }
    this.#doc.x = this.#doc.page.margins.left
    this.#doc.y = y + height
    this.#look({})
  }
}
