/** PURE: how many pass numbers a device may hold. */

export interface Stock {
  /** In stock, leased or not. */
  readonly free: number
  /** Of those, leased to any device. */
  readonly leased: number
  /** Of those, leased to this one. */
  readonly own: number
}

/** Half of the free numbers stay with the server: a stock of sixty must not vanish into five tablets. */
export function mayAdd(stock: Stock, want: number): number {
  return Math.max(0, Math.min(want - stock.own, Math.floor(stock.free / 2) - stock.leased))
}

/** A lease lives as long as the device lets anybody in without a word from the server. */
export const leaseDays = 3
