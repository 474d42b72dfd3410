import type { Bind } from '../../../kernel/http/bind.ts'
import * as announce from './announce.ts'
import * as consent from './consent.ts'
import { groups } from './contract.ts'
import * as exit from './exit.ts'
import { count } from './headcount.ts'
import * as members from './members.ts'
import { groupSearch } from './seek-contract.ts'
import * as counter from './service.ts'
import { exportGroup } from './sheet.ts'

export function groupRoutes(bind: Bind): void {
  bind(groups.board, announce.board)
  bind(groups.list, announce.list)
  bind(groups.readText, members.readText)
  bind(groups.readFile, members.readFile)
  bind(groups.create, announce.create)
  bind(groupSearch.seek, announce.seek)
  bind(groups.get, announce.get)
  bind(groups.export, exportGroup)
  bind(groups.edit, announce.edit)
  bind(groups.add, members.add)
  bind(groups.editMember, members.editMember)
  bind(groups.removeMember, members.removeMember)
  bind(groups.checkInMember, counter.checkInOne)
  bind(groups.checkIn, counter.checkIn)
  bind(groups.find, counter.find)
  bind(groups.count, count)
  bind(groups.release, exit.release)
  bind(groups.sign, exit.sign)
  bind(groups.leaderSigned, exit.leaderSigned)
  bind(groups.ask, consent.ask)
  bind(groups.answer, consent.answer)
  bind(groups.cancel, announce.cancel)
  bind(groups.close, announce.close)
}
