import { PassThrough } from 'node:stream';
import { expect, test } from '@jest/globals';
import { progressBar } from '../src/report/progress-bar.js';

function drawnOn(terminal: boolean): string {
  const stream = Object.assign(new PassThrough(), { isTTY: terminal, columns: 100, rows: 20 });
  const bar = progressBar(stream as unknown as NodeJS.WriteStream);
  bar.start(4);
  bar.increment();
  bar.increment();
  bar.stop();
  return String(stream.read() ?? '');
}

test('a terminal sees how far the import is, and is cleared at the end', () => {
  const drawn = drawnOn(true);
  expect(drawn).toContain('0/4');
  expect(drawn).toContain('2/4  50%');
  expect(drawn.slice(drawn.lastIndexOf('2/4'))).not.toMatch(/\n$/);
});

test('a file or a pipe gets nothing', () => {
  expect(drawnOn(false)).toBe('');
});
