import { useState } from 'react'

const setting = 'foyer.declined-told'

/** Declined visitors who have heard the courteous wording; per browser, for the day's session. */
export function useTold() {
  const [ids, setIds] = useState<readonly string[]>(() => sessionStorage.getItem(setting)?.split(' ') ?? [])
  return {
    has: (id: string) => ids.includes(id),
    add: (id: string) => {
      const next = [...ids, id].slice(-100)
      sessionStorage.setItem(setting, next.join(' '))
      setIds(next)
    },
  }
}
