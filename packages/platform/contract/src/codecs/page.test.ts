import { describe, expect, it } from '@jest/globals';
import { pageFrom } from '../index.js';

const cursorOf = (row: number) => `after ${row}`;

describe('A page', () => {
  it('goes on after its last item when a row more was read', () => {
    expect(pageFrom([1, 2, 3], 2, cursorOf)).toEqual({ items: [1, 2], nextCursor: 'after 2' });
  });

  it('is the last one when no more was read than it has', () => {
    expect(pageFrom([1, 2], 2, cursorOf)).toStrictEqual({ items: [1, 2] });
    expect(pageFrom([1], 2, cursorOf)).toStrictEqual({ items: [1] });
    expect(pageFrom([], 2, cursorOf)).toStrictEqual({ items: [] });
  });

  it('leaves the rows as they are', () => {
    const rows = Object.freeze([1, 2, 3]);
    expect(pageFrom(rows, 10, cursorOf).items).not.toBe(rows);
  });
});
