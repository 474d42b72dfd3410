import { z } from 'zod'
import type { Actor } from './actor.ts'
import { DomainError } from './errors.ts'
import type { Signer } from './signing.ts'

/** What a link in a notification carries: one person, one subject, an end. Nobody else's business opens with it. */
const linkPayload = z.object({
  site: z.uuid(),
  person: z.uuid(),
  name: z.string(),
  entity: z.string(),
  id: z.string(),
  exp: z.number(),
  /** A visitor's own link: no colleague stands behind it. */
  guest: z.boolean().default(false),
})
export type LinkPayload = z.input<typeof linkPayload>

export async function signLink(links: Signer, payload: LinkPayload): Promise<string> {
  return await links.sign(payload)
}

/**
 * @throws DomainError `link.invalid` (forged, mangled), `link.expired`
 */
export async function linkActor(links: Signer, token: string, now: Date): Promise<Actor> {
  const parsed = linkPayload.safeParse(await links.verify(token))
  if (!parsed.success) throw new DomainError('link.invalid')
  const link = parsed.data
  if (link.exp * 1000 <= now.getTime()) throw new DomainError('link.expired')
  if (link.guest) {
    return {
      kind: 'guest',
      id: link.person,
      name: link.name,
      employeeId: null,
      roles: new Map([[link.site, ['guest']]]),
      link: { entity: link.entity, id: link.id },
    }
  }
  return {
    kind: 'link',
    id: link.person,
    name: link.name,
    employeeId: link.person,
    roles: new Map([[link.site, ['link']]]),
    link: { entity: link.entity, id: link.id },
  }
}
