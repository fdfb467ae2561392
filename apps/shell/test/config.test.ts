import { describe, expect, jest, test } from '@jest/globals';
import { BearerPrincipals, DevelopmentPrincipals, DevelopmentPrincipalsInProduction } from '@macrolith/identity';
import { describeStartFailure, InvalidConfig } from '@macrolith/process';
import { readConfig } from '../src/config.js';
import { principalsOf } from '../src/principals.js';

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

describe('requests come from', () => {
  const BEARER = {
    BEARER_ISSUER: 'https://id.shop.example/',
    BEARER_AUDIENCE: 'shop',
    BEARER_KEYS_URL: 'https://id.shop.example/keys',
  };
  const production = { DATABASE_URL, NODE_ENV: 'production' };

  test('the developer, where nothing is said', () => {
    expect(readConfig({ DATABASE_URL }).PRINCIPALS).toBe('developer');
    expect(principalsOf(readConfig({ DATABASE_URL }))).toBeInstanceOf(DevelopmentPrincipals);
  });

  test('nobody in production, where nothing is said: the shell starts, and does what asks for no permission', () => {
    expect(readConfig(production).PRINCIPALS).toBe('none');
    expect(principalsOf(readConfig(production))).toBeUndefined();
  });

  test('the developer never in production, though somebody says so', () => {
    jest.replaceProperty(process, 'env', { NODE_ENV: 'production' });
    const config = readConfig({ ...production, PRINCIPALS: 'developer' });
    const failure = catching(() => principalsOf(config));
    expect(failure).toBeInstanceOf(DevelopmentPrincipalsInProduction);
    expect(describeStartFailure(failure)).toMatch(/^[^\n]*NODE_ENV is production[^\n]*BEARER_ISSUER[^\n]*$/);
    jest.restoreAllMocks();
  });

  test('whoever a bearer token speaks of, where an issuer is set, in production or not', () => {
    for (const environment of [
      { DATABASE_URL, ...BEARER },
      { ...production, ...BEARER },
    ]) {
      const config = readConfig(environment);
      expect(config.PRINCIPALS).toBe('bearer');
      expect(principalsOf(config)).toBeInstanceOf(BearerPrincipals);
    }
    expect(readConfig({ DATABASE_URL, ...BEARER, PRINCIPALS: 'developer' }).PRINCIPALS).toBe('developer');
  });

  test('nobody half-known: all that tokens are verified with is asked for at once', () => {
    const failure = catching(() => readConfig({ DATABASE_URL, PRINCIPALS: 'bearer' })) as InvalidConfig;
    expect(failure.problems.map(({ variable }) => variable)).toEqual(Object.keys(BEARER));
    const half = catching(() => readConfig({ ...production, ...BEARER, BEARER_AUDIENCE: '' })) as InvalidConfig;
    expect(half.problems.map(({ variable }) => variable)).toEqual(['BEARER_AUDIENCE']);
  });
});

test('nothing is told of the process unless somebody asks for it, wherever it runs', () => {
  for (const environment of [{ DATABASE_URL }, { DATABASE_URL, NODE_ENV: 'production' }]) {
    const { METRICS, OTEL_EXPORTER_OTLP_ENDPOINT } = readConfig(environment);
    expect([METRICS, OTEL_EXPORTER_OTLP_ENDPOINT]).toEqual(['off', undefined]);
  }
});

describe('a configuration that cannot be used', () => {
  test.each([
    [{}, 'DATABASE_URL is not set'],
    [{ DATABASE_URL: 'mysql://root:secret-password@db/shop' }, 'DATABASE_URL must look like postgres://'],
    [{ DATABASE_URL: 'secret-password' }, 'DATABASE_URL must look like postgres://'],
    [{ DATABASE_URL, PORT: '70000' }, 'PORT must be at most 65535'],
    [{ DATABASE_URL, PORT: 'http' }, 'PORT has the wrong form'],
    [{ DATABASE_URL, LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be one of trace, debug'],
    [{ DATABASE_URL, PRINCIPALS: 'everybody' }, 'PRINCIPALS must be one of developer, bearer, none'],
    [{ DATABASE_URL, BEARER_KEYS_URL: 'secret-password' }, 'BEARER_KEYS_URL must look like https://issuer/keys'],
    [{ DATABASE_URL, METRICS: 'yes' }, 'METRICS must be one of on, off'],
    [
      { DATABASE_URL, OTEL_EXPORTER_OTLP_ENDPOINT: 'secret-password:4318' },
      'OTEL_EXPORTER_OTLP_ENDPOINT must look like http://127.0.0.1:4318',
    ],
    [{ DATABASE_URL, OTEL_TRACES_SAMPLER_ARG: '10' }, 'OTEL_TRACES_SAMPLER_ARG must be at most 1'],
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
