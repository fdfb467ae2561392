import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ReplyNumbers } from './reply-numbers.js';

/** Longer than any number rests. */
const A_WHILE_MS = 10_000;

test('numbers are used again, once they were answered and have rested', () => {
  const numbers = new ReplyNumbers();
  const first = [numbers.next(0), numbers.next(0)];
  for (const number of first) numbers.answered(number, 0);

  expect(first).not.toContain(numbers.next(0));
  expect([numbers.next(A_WHILE_MS), numbers.next(A_WHILE_MS)]).toEqual(first);
});

test('no number is given to two calls that wait, nor that of a call which was given up, whatever comes when', () => {
  const step = fc.record({
    passes: fc.constantFrom(0, 1, 40, A_WHILE_MS),
    // Asks, or ends one of those that wait: by its answer, or because it is given up.
    does: fc.oneof(fc.constant('asks' as const), fc.record({ which: fc.nat(), isAnswered: fc.boolean() })),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 1_500, size: 'max' }), (steps) => {
      const numbers = new ReplyNumbers();
      const waiting: number[] = [];
      const givenUp = new Set<number>();
      let now = 0;
      for (const { passes, does } of steps) {
        now += passes;
        if (does === 'asks') {
          const number = numbers.next(now);
          expect(waiting).not.toContain(number);
          expect(givenUp).not.toContain(number);
          waiting.push(number);
        } else if (waiting.length > 0) {
          const [number] = waiting.splice(does.which % waiting.length, 1) as [number];
          if (does.isAnswered) numbers.answered(number, now);
          else givenUp.add(number);
        }
      }
    }),
    { numRuns: 200 },
  );
});

test('once a second answer has come, no number is used again', () => {
  const numbers = new ReplyNumbers();
  const number = numbers.next(0);
  numbers.answered(number, 0);

  expect(numbers.cameAgain(number)).toBe(true);

  const others = Array.from({ length: 1_000 }, () => {
    const other = numbers.next(A_WHILE_MS);
    numbers.answered(other, A_WHILE_MS);
    return other;
  });
  expect(new Set([number, ...others]).size).toBe(1_001);
});

test('a late answer to a call that was given up is no second one', () => {
  const numbers = new ReplyNumbers();
  const givenUp = numbers.next(0);

  expect(numbers.cameAgain(givenUp)).toBe(false);
});
