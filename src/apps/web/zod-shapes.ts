/**
 * Stands in for zod in the browser (vite.config.ts). The web client needs of a contract its method, path and action —
 * the types are gone by then and the server validates — while zod itself would take 28 of the 200 KB a gate's first
 * load may have. Whatever a contract builds is this one inert shape; only `enum` keeps its `options`, which forms use.
 */
type Shape = (...args: unknown[]) => unknown

function shape(known: Readonly<Record<string, unknown>> = {}): Shape {
  return new Proxy<Shape>(() => z, {
    get(_, key) {
      if (typeof key === 'symbol' || key === 'then') return undefined
      if (key in known) return known[key]
      if (/^(safe)?(parse|encode|decode)/i.test(key))
        throw new Error(`zod does not run in the browser: ${key}`)
      return z
    },
  })
}

export const z: Shape = shape({
  enum: (values: readonly string[]) => shape({ options: values }),
})
