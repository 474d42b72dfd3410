/** The code on a pass: signed, so that a gate checks it with the public key alone, also without a server (V11). */
import bwipjs from 'bwip-js/node'
import { z } from 'zod'
import type { Kernel } from '../../../kernel/kernel.ts'
import { type Signer, signer } from '../../../kernel/signing.ts'

/** Short names: every character makes the printed squares smaller. Seconds since 1970. */
export const passPayload = z.object({
  s: z.uuid().describe('site'),
  v: z.uuid().describe('visit'),
  n: z.string().describe('pass number'),
  a: z.array(z.string()).describe('areas'),
  nbf: z.number(),
  exp: z.number(),
})

const signers = new WeakMap<Kernel, Signer>()

export function passSigner(kernel: Kernel): Signer {
  const known = signers.get(kernel)
  if (known !== undefined) return known
  const made = signer(kernel.sql, kernel.secrets, 'pass')
  signers.set(kernel, made)
  return made
}

export function qrSvg(text: string): string {
  return bwipjs.toSVG({ bcid: 'qrcode', text, paddingwidth: 2, paddingheight: 2 })
}

/** The same code as a picture for stored paper. */
export function qrPng(text: string): Promise<Buffer> {
  return bwipjs.toBuffer({ bcid: 'qrcode', text, scale: 3, paddingwidth: 2, paddingheight: 2 })
}
