import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import * as local from '@macrolith/events/local';
import * as nats from '@macrolith/events/nats';
import { workspaceRoot } from '../src/workspace.ts';

const PAGE = readFileSync(join(workspaceRoot, 'docs/how-to/put-events-on-nats.md'), 'utf8');
const [, file = '', removed = '', added = ''] = /--- (\S+)\n-(.*)\n\+(.*)\n/.exec(PAGE) ?? [];

describe('The change that puts events on NATS', () => {
  test('is one line of the shell, and it is there to be changed', () => {
    const lines = readFileSync(join(workspaceRoot, file), 'utf8').split('\n');

    expect(lines.filter((line) => line === removed)).toHaveLength(1);
    expect(added).toBe(removed.replace('@macrolith/events/local', '@macrolith/events/nats'));
  });

  test('brings everything that the shell had before', () => {
    expect(Object.keys(nats)).toEqual(expect.arrayContaining(Object.keys(local)));
  });
});
