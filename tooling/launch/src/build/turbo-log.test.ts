import { describe, expect, test } from '@jest/globals';
import { newsIn, outputOf } from './turbo-log.ts';

const LOG = `
   • turbo 2.11.11
   • Packages in scope: @macrolith/cli, @macrolith/contract
   • Running build in 2 packages
   • Remote caching disabled

@macrolith/contract:build: cache hit, replaying logs 672c5364e3cd61d5
@macrolith/contract:build: $ tsc -b
@macrolith/cli:build: cache miss, executing c032db4061cfb2f6
@macrolith/cli:build: $ tsc -b
@macrolith/cli:build: src/rule.ts(9,36): error TS2307: Cannot find module './role.js'
@macrolith/cli#build:  ERROR  command (/checkout/packages/cli) pnpm run build exited (2)

 Tasks:    1 successful, 2 total`.split('\n');

describe("Turbo's log", () => {
  test('tells how many packages there are, which tasks ended, and which failed', () => {
    expect(LOG.map(newsIn).filter((news) => news !== undefined)).toEqual([
      { kind: 'scope', packages: 2 },
      { kind: 'task-ended', task: '@macrolith/contract:build', cached: true },
      { kind: 'task-ended', task: '@macrolith/cli:build', cached: false },
      { kind: 'task-failed', task: '@macrolith/cli:build' },
    ]);
  });

  test('holds the output of each task', () => {
    expect(outputOf('@macrolith/cli:build', LOG).at(-1)).toBe(
      "src/rule.ts(9,36): error TS2307: Cannot find module './role.js'",
    );
  });
});
