/** Making a user: the part that first-run set-up, presets and the command line share with the HTTP use case. */
import { hashPassword } from 'better-auth/crypto'
import { DomainError, failWith } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/ids.ts'
import type { Ctx, Work } from '../../../kernel/work/command.ts'
import { createPerson, findEmployee } from '../../directory/public.ts'
import {
  isUsername,
  password as limits,
  localAddress,
  normaliseUsername,
  passwordFault,
  type Role,
} from '../rules.ts'
import { userErrors } from './contract.ts'
import * as store from './store.ts'

const fail = failWith(userErrors)

/** @throws DomainError `input.invalid` with the field and what is wrong with the password */
export function mustBeGoodPassword(value: string, username: string, path: string): void {
  const fault = passwordFault(value, username)
  if (fault !== null) throw new DomainError('input.invalid', {}, [{ path, code: fault, data: { ...limits } }])
}

export interface UserInput {
  readonly username: string
  readonly name: string
  readonly password: string
  readonly email: string | null
  readonly language: 'zh' | 'en'
  readonly employeeId: string | null
  readonly grants: readonly { readonly site: string; readonly role: Role }[]
}

/**
 * The answer of a request that carries a password is not remembered for its `Idempotency-Key`: that memory keeps a
 * fast hash of the body, from which a weak password could be guessed. User names are unique, so nothing doubles.
 */
export function unremembered(ctx: Ctx): Ctx {
  return { ...ctx, idempotency: null }
}

/** Hashing takes a moment on purpose, so it is done before the transaction opens. */
export async function preparePassword(value: string, username: string, path: string): Promise<string> {
  mustBeGoodPassword(value, username, path)
  return await hashPassword(value)
}

/**
 * Adds a user inside a transaction; also used by first-run set-up, presets and the command line.
 * @param hash from `preparePassword`
 * @throws DomainError `input.invalid` (user name), `user.name-taken`, `user.email-taken`
 * @returns the id of the user
 */
export async function addUser(
  work: Work,
  input: Omit<UserInput, 'password'> & { readonly temporary: boolean },
  hash: string,
): Promise<string> {
  const username = mustBeUsername(input.username, 'username')
  if ((await work.maybe(store.userByName(username))) !== undefined) return fail('user.name-taken')
  const id = newId()
  const email = input.email?.toLowerCase() ?? localAddress(id)
  const employeeId = await personBehind(work, input)
  work.write(
    store.insertUser({
      id,
      username,
      name: input.name,
      email,
      employeeId,
      language: input.language,
      passwordTemporary: input.temporary,
      now: work.now,
    }),
  )
  work.write(store.insertCredential(newId(), id, hash, work.now))
  work.write(store.insertGrants(id, input.grants))
  const { language, name, grants } = input
  work.journal({
    entity: 'user',
    entityId: id,
    action: 'user.created',
    version: 1,
    after: { username, name, language, employeeId, grants },
  })
  return id
}

/** Every account has a person behind it: the employee named, or a new one at the site of the request. */
async function personBehind(
  work: Work,
  input: Pick<UserInput, 'employeeId' | 'name' | 'email' | 'language'>,
) {
  const { employeeId, name, email, language } = input
  if (employeeId === null) return createPerson(work, { name, email, language })
  await mustBeEmployee(work, employeeId)
  return employeeId
}

/** @throws DomainError `user.employee-unknown` for an employee of no or another site */
export async function mustBeEmployee(work: Work, employeeId: string): Promise<void> {
  if ((await findEmployee(work, work.ctx.siteId, employeeId)) === undefined) fail('user.employee-unknown')
}

export function mustBeUsername(value: string, path: string): string {
  if (!isUsername(value)) throw new DomainError('input.invalid', {}, [{ path, code: 'username.shape' }])
  return normaliseUsername(value)
}
