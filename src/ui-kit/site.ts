const setting = 'foyer.site'
const listeners = new Set<() => void>()

/** The site this browser works for; sent with every call. Empty: the server takes the user's first. */
export function siteId() {
  return localStorage.getItem(setting) ?? ''
}

export function chooseSite(id: string) {
  if (id === siteId()) return
  if (id) localStorage.setItem(setting, id)
  else localStorage.removeItem(setting)
  for (const listener of listeners) listener()
}

export function onSiteChange(listener: () => void) {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
