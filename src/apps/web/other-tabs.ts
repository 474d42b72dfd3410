/** Several tabs, one person: whoever signs out in one has left them all, and nothing stays on a screen behind it (G5). */
const tabs = new BroadcastChannel('foyer-session')

export function tellOtherTabs() {
  tabs.postMessage('left')
}

export function onLeftElsewhere(listener: () => void) {
  tabs.onmessage = listener
}
