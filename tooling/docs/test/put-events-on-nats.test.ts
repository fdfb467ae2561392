import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import * as local from '@macrolith/events/local';
import * as nats from '@macrolith/events/nats';
import { workspaceRoot } from '../src/workspace.ts';

const PAGE = readFileSync(join(workspaceRoot, 'docs/how-to/put-events-on-nats.md'), 'utf8');
const [, file = '', line = ''] = /```ts\n\/\/ (\S+)\n(.*)\n```/.exec(PAGE) ?? [];

describe('The line that says how events travel', () => {
  test('is in the shell as the page shows it', () => {
    const lines = readFileSync(join(workspaceRoot, file), 'utf8').split('\n');

    expect(lines.filter((each) => each === line)).toHaveLength(1);
  });

  test('has the same to choose from on both sides', () => {
    expect(Object.keys(nats)).toEqual(expect.arrayContaining(Object.keys(local)));
  });
});
