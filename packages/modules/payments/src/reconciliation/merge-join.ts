/** What two sorted sequences have under one key: one of them at least. */
export type Pair<Left, Right> = readonly [left: Left | undefined, right: Right | undefined];

/** Goes through two sequences that are sorted by the same unique text, side by side, and holds one item of each. */
export async function* mergeJoin<Left, Right>(
  lefts: AsyncIterator<Left>,
  rights: AsyncIterator<Right>,
  keyOfLeft: (left: Left) => string,
  keyOfRight: (right: Right) => string,
): AsyncGenerator<Pair<Left, Right>> {
  let [left, right] = await Promise.all([lefts.next(), rights.next()]);
  while (!left.done || !right.done) {
    if (left.done) {
      yield [undefined, right.value];
      right = await rights.next();
    } else if (right.done) {
      yield [left.value, undefined];
      left = await lefts.next();
    } else {
      const [mine, theirs] = [keyOfLeft(left.value), keyOfRight(right.value)];
      yield [mine <= theirs ? left.value : undefined, theirs <= mine ? right.value : undefined];
      if (mine <= theirs) left = await lefts.next();
      if (theirs <= mine) right = await rights.next();
    }
  }
}

/** All items of a list that is read page by page. @param after answers the page behind an item, empty at the end */
export async function* pages<Item>(after: (last: Item | undefined) => Promise<readonly Item[]>): AsyncGenerator<Item> {
  let page = await after(undefined);
  while (page.length > 0) {
    yield* page;
    page = await after(page.at(-1));
  }
}
