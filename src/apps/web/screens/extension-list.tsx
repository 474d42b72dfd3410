import { DutyToday } from '../../../modules/calls/ui/duty/duty-today.tsx'
import { ExtensionLamp } from '../../../modules/calls/ui/lamps/extension-lamp.tsx'
import { useLamps, useLiveLamps } from '../../../modules/calls/ui/queries.ts'
import { Extensions } from '../../../modules/directory/ui/desk/extensions.tsx'
import { ExtensionPaper } from '../../../modules/directory/ui/print/extension-paper.tsx'
import { useCan } from '../../../ui-kit/session.ts'

/** 员工分机表 with the lamps of the telephone (C13). */
export function ExtensionList() {
  useLiveLamps()
  const reads = useCan('line.read')
  const { data: lamps } = useLamps(reads)
  return (
    <Extensions
      above={reads ? <DutyToday /> : null}
      beside={
        lamps &&
        (({ id, name, extension }) => {
          const lamp = extension ? lamps.get(extension) : undefined
          return lamp ? <ExtensionLamp lamp={lamp} employeeId={id} name={name} /> : null
        })
      }
    />
  )
}

/** The same on paper. */
export function PrintedExtensionList() {
  return <ExtensionPaper above={useCan('line.read') ? <DutyToday /> : null} />
}
