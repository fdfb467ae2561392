import { expect, test } from '@jest/globals';
import { newSpanId, newTraceId, newTraceparent } from './trace-ids.js';

test('a trace and a place in it have names of the length that W3C Trace Context asks for', () => {
  expect(newTraceId()).toMatch(/^[0-9a-f]{32}$/);
  expect(newSpanId()).toMatch(/^[0-9a-f]{16}$/);
  expect(newTraceparent()).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
});

test('no name is given twice', () => {
  const names = Array.from({ length: 2_000 }, () => [newTraceId(), newSpanId()]).flat();
  expect(new Set(names).size).toBe(names.length);
});
