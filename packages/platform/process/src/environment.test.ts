import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { InvalidConfig, ProcessEnvironment, readEnvironment } from './environment.js';
import { NatsUrl } from './nats.js';

const Environment = z.object({ ...ProcessEnvironment.shape, NATS_URL: NatsUrl.optional() });
const DATABASE_URL = 'postgres://shop:secret-password@127.0.0.1:5432/shop';

test.each(['nats://127.0.0.1:4222', 'tls://a.example:4222,tls://b.example:4222'])('NATS may be at %s', (NATS_URL) => {
  expect(readEnvironment(Environment, { DATABASE_URL, NATS_URL })).toMatchObject({ NATS_URL });
});

describe('an environment is refused with every variable that is wrong, and none of their values', () => {
  test.each([
    [{ DATABASE_URL, NATS_URL: 'secret-password' }, ['NATS_URL']],
    [{ DATABASE_URL, NATS_URL: 'nats://a, nats://b' }, ['NATS_URL']],
    [{ DATABASE_URL, NATS_URL: 'wss://shop:secret-password@nats.example' }, ['NATS_URL']],
    [{ DATABASE_URL, NATS_URL: 'tls://a.example,ws://b.example' }, ['NATS_URL']],
    [{ DATABASE_URL: 'secret-password', SHUTDOWN_TIMEOUT_MS: '1' }, ['DATABASE_URL', 'SHUTDOWN_TIMEOUT_MS']],
  ])('%j', (environment, variables) => {
    let failure: unknown;
    try {
      readEnvironment(Environment, environment);
    } catch (error) {
      failure = error;
    }
    expect(failure).toBeInstanceOf(InvalidConfig);
    expect((failure as InvalidConfig).problems.map(({ variable }) => variable)).toEqual(variables);
    expect((failure as InvalidConfig).message).not.toContain('secret-password');
  });
});
