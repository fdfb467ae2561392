import { describe, expect, test } from '@jest/globals';
import { InvalidConfig } from '@macrolith/process';
import { readConfig } from '../src/config.js';

const DATABASE_URL = 'postgres://shop:secret-password@127.0.0.1:5432/shop';

test('a database is all that must be set', () => {
  expect(readConfig({ DATABASE_URL })).toMatchObject({
    HOST: '127.0.0.1',
    PORT: 3000,
    LOG_LEVEL: 'info',
    MACROLITH_BINDING: 'local',
  });
});

test('an empty variable counts as not set', () => {
  expect(readConfig({ DATABASE_URL, PORT: '', LOG_LEVEL: '' }).PORT).toBe(3000);
});

test('the console is there unless strangers may come by, or somebody says otherwise', () => {
  expect(readConfig({ DATABASE_URL }).CONSOLE).toBe('on');
  expect(readConfig({ DATABASE_URL, NODE_ENV: 'production' }).CONSOLE).toBe('off');
  expect(readConfig({ DATABASE_URL, NODE_ENV: 'production', CONSOLE: '' }).CONSOLE).toBe('off');
  expect(readConfig({ DATABASE_URL, NODE_ENV: 'production', CONSOLE: 'on' }).CONSOLE).toBe('on');
  expect(readConfig({ DATABASE_URL, CONSOLE: 'off' }).CONSOLE).toBe('off');
});

describe('a configuration that cannot be used', () => {
  test.each([
    [{}, 'DATABASE_URL is not set'],
    [{ DATABASE_URL: 'mysql://root:secret-password@db/shop' }, 'DATABASE_URL must look like postgres://'],
    [{ DATABASE_URL: 'secret-password' }, 'DATABASE_URL must look like postgres://'],
    [{ DATABASE_URL, PORT: '70000' }, 'PORT must be at most 65535'],
    [{ DATABASE_URL, PORT: 'http' }, 'PORT has the wrong form'],
    [{ DATABASE_URL, LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be one of trace, debug'],
    [{ DATABASE_URL, MACROLITH_BINDING: 'remote' }, 'MACROLITH_BINDING must be one of local, loopback'],
  ])('%j is refused with the variable and what it must be', (environment, sentence) => {
    const failure = catching(() => readConfig(environment));
    expect(failure).toBeInstanceOf(InvalidConfig);
    expect(failure.message).toContain(sentence);
    expect(failure.message).not.toContain('secret-password');
  });

  test('names every problem at once', () => {
    const failure = catching(() => readConfig({ PORT: '-1', LOG_LEVEL: 'loud' })) as InvalidConfig;
    expect(failure.problems.map(({ variable }) => variable)).toEqual(['PORT', 'DATABASE_URL', 'LOG_LEVEL']);
  });
});

function catching(work: () => unknown): Error {
  try {
    work();
  } catch (error) {
    return error as Error;
  }
  throw new Error('Nothing was thrown.');
}
