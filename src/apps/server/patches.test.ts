import { globSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import type { RouteSpec } from '../../kernel/contract.ts'

const isRoute = (value: unknown): value is RouteSpec =>
  typeof value === 'object' && value !== null && 'method' in value && 'path' in value

test('G4: no correction fills in what nobody wrote: a part left out of a PATCH is left alone', async () => {
  const filled: string[] = []
  let patches = 0
  for (const file of globSync('src/**/contract.ts')) {
    const routes = Object.values<unknown>(await import(resolve(file)))
      .flatMap((group) =>
        typeof group === 'object' && group !== null ? Object.values(group as Record<string, unknown>) : [],
      )
      .filter(isRoute)
    for (const { method, id, body } of routes) {
      if (method !== 'PATCH' || body === undefined) continue
      patches += 1
      const read = body.safeParse({ version: 1 })
      const parts = read.success ? Object.keys(read.data ?? {}) : []
      filled.push(...parts.filter((name) => name !== 'version').map((name) => `${id} ${name}`))
    }
  }
  expect(patches).toBeGreaterThan(5)
  expect(filled).toEqual([])
})
