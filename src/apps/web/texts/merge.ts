export interface Texts {
  [key: string]: string | Texts
}

/** Deep: two modules may share a branch (`error.…`), never a leaf; the languages check sees to that. */
export function mergeTexts(files: Record<string, Texts>): Texts {
  const all: Texts = {}
  for (const file of Object.values(files)) add(all, file)
  return all
}

function add(into: Texts, from: Texts) {
  for (const [key, value] of Object.entries(from)) {
    const there = into[key]
    if (typeof value === 'string') into[key] = value
    else if (typeof there === 'object') add(there, value)
    else {
      const branch: Texts = {}
      into[key] = branch
      add(branch, value)
    }
  }
}
