/** Who acts. Roles are held per site; what a role may do stands in the matrix (`authorize.ts`). */
export interface Actor {
  /** `device`: a kiosk, paired by an administrator; `guest`: a visitor with the link of their invitation. */
  readonly kind: 'user' | 'apikey' | 'link' | 'system' | 'device' | 'guest' | 'anonymous'
  /** User id, key id, or the person id of a signed link; never a secret. */
  readonly id: string
  readonly name: string
  /** The person behind the account: owns tasks, is asked, signs. Keys and the system have none. */
  readonly employeeId: string | null
  /** siteId → roles. */
  readonly roles: ReadonlyMap<string, readonly string[]>
  /** A signed link acts on one subject only; `null` for everyone else. */
  readonly link: { readonly entity: string; readonly id: string } | null
}

/** The product itself: dispatcher, end of day, seals. Allowed everything, and named in the journal as such. */
export const systemActor: Actor = {
  kind: 'system',
  id: 'system',
  name: 'Foyer',
  employeeId: null,
  roles: new Map(),
  link: null,
}

/** Role names of the actor at the site; empty when the actor has no business there. */
export function rolesAt(actor: Actor, siteId: string): readonly string[] {
  return actor.roles.get(siteId) ?? []
}
