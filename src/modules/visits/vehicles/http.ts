import type { Bind } from '../../../kernel/http/bind.ts'
import { vehicles } from './contract.ts'
import * as reading from './reading.ts'
import * as vehicle from './service.ts'

export function vehicleRoutes(bind: Bind): void {
  bind(vehicles.list, reading.list)
  bind(vehicles.export, vehicle.exportVehicles)
  bind(vehicles.places, reading.places)
  bind(vehicles.known, reading.known)
  bind(vehicles.add, vehicle.add)
  bind(vehicles.edit, vehicle.edit)
  bind(vehicles.place, vehicle.place)
  bind(vehicles.in, vehicle.carIn)
  bind(vehicles.told, vehicle.told)
  bind(vehicles.out, vehicle.carOut)
}
