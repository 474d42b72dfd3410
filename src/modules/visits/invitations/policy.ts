/** `guest` is the role of an invitation's link: one visit, its visitor. */
export const invitationGrants: Readonly<Record<string, readonly string[]>> = { 'guest.use': ['guest'] }
