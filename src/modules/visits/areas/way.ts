/** PURE: how one gets to an area (V21). Apart from the contract: slip, letter and gate take this without the rest. */
import { z } from 'zod'

const bilingual = z.object({ zh: z.string(), en: z.string() })

export const way = z.object({ area: bilingual, way: bilingual })
