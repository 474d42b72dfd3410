import type { FoyerModule } from '../../kernel/module.ts'
import { directoryErrors } from './contract.ts'
import { openChecks } from './extension-list/service.ts'
import { directoryFinder } from './find.ts'
import { bindDirectory } from './http.ts'
import { employeeImporter } from './import/importer.ts'
import { directoryMatrix } from './policy.ts'
import { departmentPosts, findOwners, postsLed } from './reach/owners.ts'
import { contacts, staff } from './reach/service.ts'
import { extensionListCheck } from './settings.ts'

export const directoryModule: FoyerModule = {
  name: 'directory',
  routes: bindDirectory,
  grants: directoryMatrix,
  errors: directoryErrors,
  constraints: {
    department_name_key: 'department.name-taken',
    department_parent_id_fkey: 'department.not-empty',
    employee_department_id_fkey: 'department.unknown',
    employee_number_key: 'employee.number-taken',
    employee_pkey: 'entity.exists',
  },
  settings: [extensionListCheck],
  importers: [employeeImporter],
  finder: directoryFinder,
  contacts,
  staff,
  posts: postsLed,
  postNames: departmentPosts,
  findOwners,
  taskKinds: {
    'directory.extension-list': {
      notify: false,
      link: () => '/extensions',
      settledBySubject: true,
    },
  },
  live: {
    employee: { action: 'directory.read' },
    department: { action: 'directory.read' },
    'extension-list': { action: 'directory.read' },
  },
  cron: [{ name: 'directory-extension-list', schedule: '*/10 * * * *', run: openChecks }],
}
