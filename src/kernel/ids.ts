import { v7 } from 'uuid'

/** Time-ordered ids keep the primary-key indexes warm; callers may make them too (design §1.5). */
export function newId(): string {
  return v7()
}
