import type { Bind } from '../../kernel/http/bind.ts'
import { departments, employees, extensionList } from './contract.ts'
import * as department from './departments/service.ts'
import * as employee from './employees/service.ts'
import * as list from './extension-list/service.ts'
import { exportEmployees } from './sheets/export.ts'

export function bindDirectory(bind: Bind): void {
  bind(departments.list, department.list)
  bind(departments.create, department.create)
  bind(departments.edit, department.edit)
  bind(departments.move, department.move)
  bind(departments.remove, department.remove)
  bind(employees.list, employee.list)
  bind(employees.find, employee.find)
  bind(employees.export, exportEmployees)
  bind(employees.read, employee.read)
  bind(employees.create, employee.create)
  bind(employees.edit, employee.edit)
  bind(employees.deactivate, employee.deactivate)
  bind(employees.reactivate, employee.reactivate)
  bind(employees.reveal, employee.reveal)
  bind(extensionList.read, list.read)
  bind(extensionList.confirm, list.confirm)
}
