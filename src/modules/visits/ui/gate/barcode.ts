/** Loaded with the first look through the camera: the decoder and its program (WebAssembly) from our own server. */
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import programUrl from 'zxing-wasm/reader/zxing_reader.wasm?url'

prepareZXingModule({
  overrides: {
    locateFile: (path: string, prefix: string) => (path.endsWith('.wasm') ? programUrl : prefix + path),
  },
  fireImmediately: true,
})

/** The text of the first code in the picture. */
export async function readCode(picture: ImageData): Promise<string | undefined> {
  const codes = await readBarcodes(picture, {
    formats: ['QRCode', 'Code128', 'Code39', 'DataMatrix'],
    maxNumberOfSymbols: 1,
    tryHarder: true,
  })
  return codes.find((code) => code.isValid && code.text !== '')?.text
}
