/**
 * Does the work of every item and yields the results in the order of the items. While the reader is busy with one, the
 * work of up to `depth` further items is under way. A failure is thrown when the turn of its item has come.
 */
export async function* ahead<T, R>(
  items: Iterable<T>,
  depth: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R, void, void> {
  const started: Promise<R>[] = [];
  for (const item of items) {
    const result = work(item);
    // It is thrown in its turn; until then nobody listens to it.
    result.catch(() => {});
    started.push(result);
    if (started.length > depth) yield started.shift()!;
  }
  yield* started;
}
