/** PURE: numbers as a form sends them → numbers as they are stored. */
import { DomainError, type FieldProblem } from '../../../kernel/errors.ts'
import { maskNumber } from '../../../kernel/telephone/mask.ts'
import { telephoneNumber } from '../../../kernel/telephone/number.ts'
import type { NewPhone, StoredPhone } from './store.ts'

export interface PhoneInput {
  readonly id?: string | undefined
  readonly number?: string | undefined
  readonly extension?: string | undefined
  readonly label: string
}

/**
 * A number the form shows masked comes back by its id alone and stays as it is stored (G5).
 * @throws DomainError `input.invalid` naming the line
 */
export function enteredPhones(inputs: readonly PhoneInput[], stored: readonly StoredPhone[]): NewPhone[] {
  const problems: FieldProblem[] = []
  const seen = new Set<string>()
  const phones: NewPhone[] = []
  for (const [index, input] of inputs.entries()) {
    const path = `phones.${index}.number`
    const known = stored.find((one) => one.id === input.id)
    const read = input.number === undefined || input.number === '' ? known : telephoneNumber(input.number)
    if (read === undefined || read === null) {
      problems.push({ path, code: 'phone' })
      continue
    }
    const extension = input.extension ?? read.extension
    const key = `${read.number}|${extension}`
    if (seen.has(key)) problems.push({ path, code: 'duplicate' })
    seen.add(key)
    phones.push({
      ...(known === undefined ? {} : { id: known.id }),
      number: read.number,
      kind: read.kind,
      extension,
      label: input.label,
    })
  }
  if (problems.length > 0) throw new DomainError('input.invalid', {}, problems)
  return phones
}

/** For the journal, which cannot be erased: masked (G5). */
export function journalPhones(phones: readonly Pick<NewPhone, 'number' | 'extension' | 'label'>[]): string[] {
  return phones.map(({ number, extension, label }) =>
    [maskNumber(number), extension === '' ? '' : `-${extension}`, label === '' ? '' : ` ${label}`].join(''),
  )
}

export function samePhones(a: readonly NewPhone[], b: readonly NewPhone[]): boolean {
  const text = (phones: readonly NewPhone[]) =>
    JSON.stringify(phones.map(({ number, extension, label }) => [number, extension, label]))
  return text(a) === text(b)
}
