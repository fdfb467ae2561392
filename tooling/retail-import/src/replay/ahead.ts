/**
 * Starts something for every item, and yields what was started in the order of the items. While the reader is busy with
 * one, that of up to `depth` further items is under way.
 */
export function* ahead<T, R>(items: Iterable<T>, depth: number, start: (item: T) => R): Generator<R, void, void> {
  const started: R[] = [];
  for (const item of items) {
    started.push(start(item));
    if (started.length > depth) yield started.shift()!;
  }
  yield* started;
}
