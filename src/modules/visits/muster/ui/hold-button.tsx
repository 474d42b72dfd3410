import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { Icon } from '../../../../ui-kit/icon.tsx'
import css from './muster.module.css'

const holdMs = 1200
const armedMs = 10_000

/**
 * Quick, but not by accident: held for a good second it acts at once; pressed shortly, from the keyboard or by a
 * screen reader, it asks with a second button beside it. A pocket presses twice in one place, but not in two.
 */
export function HoldButton({
  children,
  confirm,
  busy,
  onDone,
}: {
  children: string
  confirm: string
  busy: boolean
  onDone: () => void
}) {
  const { t } = useTranslation()
  const [holding, setHolding] = useState(false)
  const [armed, setArmed] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const done = useRef(false)
  useEffect(() => {
    if (!armed) return
    const disarm = setTimeout(() => setArmed(false), armedMs)
    return () => clearTimeout(disarm)
  }, [armed])
  useEffect(() => () => clearTimeout(timer.current), [])

  function press() {
    done.current = false
    setHolding(true)
    timer.current = setTimeout(() => {
      done.current = true
      setHolding(false)
      if (!busy) onDone()
    }, holdMs)
  }
  function lift() {
    clearTimeout(timer.current)
    setHolding(false)
  }
  return (
    <div className={css.hold}>
      <button
        type="button"
        className={css.holdButton}
        data-holding={holding || undefined}
        aria-disabled={busy || undefined}
        onPointerDown={press}
        onPointerUp={lift}
        onPointerLeave={lift}
        onPointerCancel={lift}
        onContextMenu={(event) => event.preventDefault()}
        onClick={() => {
          if (!done.current && !busy) setArmed(true)
        }}
      >
        <Icon name="alert" size={32} />
        {children}
      </button>
      <p role="status" className={css.hint}>
        {armed ? t('muster.start.armed') : t('muster.start.holdHint')}
      </p>
      {armed ? (
        <Button kind="danger" size="large" icon="alert" busy={busy} onClick={onDone}>
          {confirm}
        </Button>
      ) : null}
    </div>
  )
}
