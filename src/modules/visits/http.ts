import type { Bind } from '../../kernel/http/bind.ts'
import { announce } from './arrival/announce.ts'
import { checkIn } from './arrival/check-in.ts'
import { register as registerVisit } from './arrival/register.ts'
import { visits } from './contract.ts'
import { figureRoutes } from './figures/http.ts'
import { musterRoutes } from './muster/http.ts'
import { offlineRoutes } from './offline/http.ts'
import { papers } from './paper/contract.ts'
import * as paper from './paper/service.ts'
import { passes } from './passes/contract.ts'
import { scanByHand } from './passes/scan.ts'
import * as pass from './passes/service.ts'
import * as reading from './reading.ts'
import { register } from './register/contract.ts'
import * as book from './register/service.ts'
import { routingRoutes } from './routes/http.ts'
import { staffRegisterRoutes } from './staff-register/http.ts'
import * as answers from './stay/answers.ts'
import * as exit from './stay/exit.ts'
import * as inside from './stay/inside.ts'
import { watchListRoutes } from './watch-list/http.ts'

export function routes(bind: Bind): void {
  bind(visits.board, reading.board)
  bind(visits.mine, reading.mine)
  bind(visits.inside, reading.inside)
  bind(visits.options, reading.options)
  routingRoutes(bind)
  bind(register.list, book.list)
  bind(register.export, book.exportRegister)
  bind(register.paper, book.paperRegister)
  bind(papers.file, paper.file)
  bind(visits.get, reading.get)
  bind(visits.known, reading.known)
  bind(visits.announce, announce)
  bind(visits.register, registerVisit)
  bind(visits.edit, inside.edit)
  bind(visits.checkIn, checkIn)
  bind(visits.answer, answers.answer)
  bind(visits.redirect, answers.redirect)
  bind(visits.checkDocument, inside.checkDocument)
  bind(visits.issuePass, inside.issuePass)
  bind(visits.meet, inside.meet)
  bind(visits.remind, inside.remind)
  bind(visits.sign, inside.sign)
  bind(visits.release, exit.release)
  bind(visits.refuse, exit.refuse)
  bind(visits.cancel, exit.cancel)
  bind(visits.noShow, exit.noShow)
  bind(visits.undo, exit.undo)
  bind(visits.reveal, reading.reveal)
  bind(passes.print, pass.paper)
  bind(passes.list, pass.list)
  bind(passes.add, pass.add)
  bind(passes.void, pass.voidPass)
  bind(passes.found, pass.found)
  bind(passes.keys, pass.keys)
  bind(passes.scan, scanByHand)
  offlineRoutes(bind)
  musterRoutes(bind)
  staffRegisterRoutes(bind)
  figureRoutes(bind)
  watchListRoutes(bind)
}
