import { type ComponentType, lazy } from 'react'

/**
 * A part of a page that comes later and that the page can do without: where it cannot be fetched, nothing stands there.
 * A rejected `lazy` would take the whole page down – at a gate without network, in the middle of an entry. The import stands
 * under `await`: its style sheets are fetched beside it, and their failure, too, comes out only there.
 */
export function lazyPart<P extends object>(load: () => Promise<ComponentType<P>>) {
  return lazy(async () => {
    try {
      return { default: await load() }
    } catch {
      const nothing: ComponentType<P> = () => null
      return { default: nothing }
    }
  })
}
