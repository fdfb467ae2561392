/**
 * Merges lists that are each in an order of their own into one, taking the newest head each time: so the order within a list
 * stays, though times of one list may go back and forth a little.
 */
export function newestFirst<Item>(
  lists: readonly (readonly Item[])[],
  timeOf: (item: Item) => Date,
  limit: number,
): Item[] {
  const next = lists.map(() => 0);
  const merged: Item[] = [];
  while (merged.length < limit) {
    let newest: number | undefined;
    for (const [index, list] of lists.entries()) {
      const head = list[next[index]!];
      if (head === undefined) continue;
      if (newest === undefined || timeOf(head) > timeOf(lists[newest]![next[newest]!]!)) newest = index;
    }
    if (newest === undefined) break;
    merged.push(lists[newest]![next[newest]!]!);
    next[newest]! += 1;
  }
  return merged;
}
