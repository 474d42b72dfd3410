import { createContext, type ReactNode, useContext, useId } from 'react'
import { useTranslation } from 'react-i18next'
import css from './field.module.css'
import { Icon } from './icon.tsx'

interface FieldWiring {
  id: string
  labelId: string
  describedBy: string | undefined
  invalid: boolean
  required: boolean
}

const Wiring = createContext<FieldWiring | null>(null)

/** Attributes a control takes from the Field around it. */
export function useFieldWiring() {
  const wiring = useContext(Wiring)
  return {
    id: wiring?.id,
    labelId: wiring?.labelId,
    aria: {
      'aria-describedby': wiring?.describedBy,
      'aria-invalid': wiring?.invalid || undefined,
      'aria-required': wiring?.required || undefined,
    },
  }
}

export interface FieldProps {
  label: ReactNode
  /** Said before the answer, as a word, not after. */
  required?: boolean | undefined
  hint?: ReactNode
  error?: ReactNode
  /** For answers made of several controls (RadioCards, checkboxes): the label names the group. */
  group?: boolean | undefined
  children: ReactNode
}

/** Label, control, hint and error, wired for screen readers; the control inside needs no id. */
export function Field({ label, required = false, hint, error, group = false, children }: FieldProps) {
  const { t } = useTranslation()
  const id = useId()
  const hintId = `${id}-hint`
  const errorId = `${id}-error`
  const describedBy = [error ? errorId : '', hint ? hintId : ''].filter(Boolean).join(' ') || undefined
  const labelId = `${id}-label`
  const name = (
    <>
      {label}
      {required ? <span className={css.required}>{t('kit.field.required')}</span> : null}
    </>
  )
  return (
    <Wiring value={{ id, labelId, describedBy, invalid: Boolean(error), required }}>
      <div className={css.field}>
        {group ? (
          <span id={labelId} className={css.label}>
            {name}
          </span>
        ) : (
          <label id={labelId} htmlFor={id} className={css.label}>
            {name}
          </label>
        )}
        {children}
        {error ? (
          <p id={errorId} className={css.error}>
            <Icon name="alert" size={16} />
            <span>{error}</span>
          </p>
        ) : null}
        {hint ? (
          <p id={hintId} className={css.hint}>
            {hint}
          </p>
        ) : null}
      </div>
    </Wiring>
  )
}
