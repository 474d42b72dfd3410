import { useEffect } from 'react'

/** Which of its surfaces the browser offers to install: gate, desk and kiosk are apps of their own. */
export function useManifest(surface: 'gate' | 'desk' | 'kiosk') {
  useEffect(() => {
    const link =
      document.querySelector<HTMLLinkElement>('link[rel="manifest"]') ?? document.createElement('link')
    link.rel = 'manifest'
    link.href = `/${surface}.webmanifest`
    document.head.append(link)
  }, [surface])
}
