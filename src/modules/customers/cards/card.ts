/** Who is behind a number or a name: the contact, the company, whose customer it is. */
export interface CallerCard {
  readonly contactId: string | null
  readonly contactName: string
  readonly sex: 'female' | 'male' | null
  readonly title: string
  readonly vip: boolean
  readonly dialect: string
  readonly language: string
  readonly customerId: string | null
  readonly customerName: string
  readonly grade: 'normal' | 'key' | 'vip'
  readonly ownerId: string | null
  readonly ownerName: string
  readonly ownerExtension: string
  readonly ownerDepartmentId: string | null
  readonly team: readonly {
    readonly id: string
    readonly name: string
    readonly extension: string
    readonly duty: string
  }[]
  readonly tags: readonly string[]
  readonly note: string
}
