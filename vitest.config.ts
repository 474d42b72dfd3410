import { defineConfig } from 'vitest/config'

const ignored = ['**/node_modules/**', '**/dist/**', '**/.foyer/**']
const testServer = './src/kernel/db/test-server.ts'

/**
 * Three projects by what they need: `unit` nothing, `pg` a real PostgreSQL, `e2e` PostgreSQL, the server and a real
 * browser. Journeys share two cores with Chromium and PostgreSQL, so they run one file at a time.
 */
export default defineConfig({
  test: {
    reporters: ['default'],
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          include: ['{src,presets,scripts,db}/**/*.test.{ts,tsx}'],
          exclude: [...ignored, '**/*.pg.test.ts'],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'pg',
          environment: 'node',
          include: ['{src,presets,db}/**/*.pg.test.ts'],
          exclude: ignored,
          globalSetup: [testServer],
          pool: 'forks',
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['e2e/**/*.e2e.ts'],
          exclude: ignored,
          globalSetup: [testServer],
          pool: 'forks',
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
