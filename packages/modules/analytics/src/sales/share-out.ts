/**
 * Shares `total` out by whole-number weights: each share is rounded down, and what is left goes to the first ones, a unit
 * each, so that the shares add up to the total (largest-remainder apportionment without the sorting).
 */
export function shareOut(total: bigint, weights: readonly number[]): bigint[] {
  const sum = BigInt(weights.reduce((all, weight) => all + weight, 0));
  const shares = weights.map((weight) => (total * BigInt(weight)) / sum);
  let left = total - shares.reduce((all, share) => all + share, 0n);
  return shares.map((share) => {
    if (left === 0n) return share;
    left -= 1n;
    return share + 1n;
  });
}
