import type { Bind } from '../http/bind.ts'
import { badFile } from './bad-lines.ts'
import { imports } from './contract.ts'
import { run, undo } from './run.ts'
import * as service from './service.ts'

export function bindImports(bind: Bind): void {
  bind(imports.kinds, service.kinds)
  bind(imports.upload, service.upload)
  bind(imports.preview, service.preview)
  bind(imports.run, run)
  bind(imports.undo, undo)
  bind(imports.read, service.read)
  bind(imports.bad, badFile)
  bind(imports.runs, service.runs)
  bind(imports.removeProfile, service.removeProfile)
}
