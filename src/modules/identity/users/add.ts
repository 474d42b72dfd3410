/** Making a user: the part that first-run set-up, presets and the command line share with the HTTP use case. */
import { hashPassword } from 'better-auth/crypto'
import { DomainError, failWith } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/ids.ts'
import type { Ctx, Work } from '../../../kernel/work/command.ts'
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
  work.write(
    store.insertUser({
      id,
      username,
      name: input.name,
      email,
      employeeId: input.employeeId,
      language: input.language,
      passwordTemporary: input.temporary,
      now: work.now,
    }),
  )
  work.write(store.insertCredential(newId(), id, hash, work.now))
  work.write(store.insertGrants(id, input.grants))
  const { employeeId, language, name, grants } = input
  work.journal({
    entity: 'user',
    entityId: id,
    action: 'user.created',
    version: 1,
    after: { username, name, language, employeeId, grants },
  })
  return id
}

export function mustBeUsername(value: string, path: string): string {
  if (!isUsername(value)) throw new DomainError('input.invalid', {}, [{ path, code: 'username.shape' }])
  return normaliseUsername(value)
}
