import type { FoyerModule } from '../module.ts'
import { bindHistory } from './http.ts'

export const historyModule: FoyerModule = { name: 'history', routes: bindHistory }
