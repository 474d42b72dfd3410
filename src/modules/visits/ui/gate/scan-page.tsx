import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { Field } from '../../../../ui-kit/field.tsx'
import { SelectNative, TextInput } from '../../../../ui-kit/inputs.tsx'
import { useUiLanguage } from '../../../../ui-kit/language.ts'
import { Camera } from './camera.tsx'
import { gateAreasQuery, keepDoor, keptDoor } from './door.ts'
import { useGo } from './gate-search.ts'
import { isPermitCode } from './pass-code.ts'
import css from './scan.module.css'
import { ScanVerdict } from './scan-verdict.tsx'
import { Sheet } from './sheet.tsx'
import { useScan } from './use-scan.ts'
import { useWedge } from './use-wedge.ts'

/** V11: the pass before the camera, a number typed in, or a hand scanner. */
export function ScanPage({ first, onBack }: { first?: string | undefined; onBack: () => void }) {
  const { t } = useTranslation()
  const go = useGo()
  const [door, setDoor] = useState(keptDoor)
  const { data: tree } = useQuery(gateAreasQuery)
  const language = useUiLanguage()
  const navigate = useNavigate()
  const { scan, start: look, clear } = useScan(door)
  const [number, setNumber] = useState('')
  const begun = useRef(false)
  // V22: a permit has a page of its own, with its words; it is fetched when one is scanned.
  function start(code: string) {
    if (isPermitCode(code))
      void navigate({ to: '/gate/permits', search: { code: code.trim() }, replace: true })
    else look(code)
  }
  useWedge(start)

  // biome-ignore lint/correctness/useExhaustiveDependencies: the code that opened the page is looked at once
  useEffect(() => {
    if (!first || begun.current) return
    begun.current = true
    start(first)
  }, [first])

  function submit(event: FormEvent) {
    event.preventDefault()
    if (number.trim() === '') return
    start(number)
    setNumber('')
  }

  return (
    <Sheet title={t('visits.gate.scan.title')} onBack={onBack}>
      {scan ? (
        <ScanVerdict
          scan={scan}
          onNext={clear}
          onOpen={(id) => go({ visit: id })}
          onRelease={(id) => go({ visit: id, act: 'release' })}
        />
      ) : (
        <>
          {tree.length > 0 ? (
            <Field label={t('visits.gate.scan.door')}>
              <SelectNative
                size="large"
                value={tree.some(({ id }) => id === door) ? door : ''}
                placeholder={t('visits.gate.scan.atGate')}
                onChange={(id) => {
                  keepDoor(id)
                  setDoor(id)
                }}
                options={tree.map((area) => ({
                  value: area.id,
                  label: (language === 'en' && area.en) || area.zh,
                }))}
              />
            </Field>
          ) : null}
          <Camera onCode={start} />
          <form className={css.typed} onSubmit={submit}>
            <Field label={t('visits.gate.scan.number')} hint={t('visits.gate.scan.numberHint')}>
              <TextInput
                size="large"
                value={number}
                onChange={setNumber}
                maxLength={3000}
                autoComplete="off"
              />
            </Field>
            <Button size="large" type="submit" icon="search" disabled={number.trim() === ''}>
              {t('visits.gate.scan.look')}
            </Button>
          </form>
        </>
      )}
    </Sheet>
  )
}
