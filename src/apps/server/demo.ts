import type { Kernel } from '../../kernel/kernel.ts'

export async function loadDemo(_kernel: Kernel, _say: (line: string) => void): Promise<void> {}

export async function demoLines(_kernel: Kernel, _address: string): Promise<string[]> {
  return []
}

export async function firstRunLines(_kernel: Kernel, address: string): Promise<string[]> {
  return [`First run: open ${address}/setup`]
}
