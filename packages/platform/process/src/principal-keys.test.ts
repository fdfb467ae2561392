import { afterEach, expect, jest, test } from '@jest/globals';
import { PrincipalTokens, Unauthenticated } from '@macrolith/core';
import { InvalidKey, publicKeys, SigningKey } from '@macrolith/identity';
import { type INestApplicationContext, Logger, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { PrincipalTokensModule, UnreadableKey } from './principal-keys.js';

const ADA = { principal: { id: 'ada' } };

let apps: INestApplicationContext[] = [];
afterEach(async () => {
  jest.restoreAllMocks();
  await Promise.all(apps.map((app) => app.close()));
  apps = [];
});

/** What vouches for principals in a process with this environment. */
async function tokensWith(config: { PRINCIPAL_KEY?: string; PRINCIPAL_KEYS?: string }) {
  @Module({ imports: [PrincipalTokensModule.forRoot({ issuer: 'shell', config })] })
  class Shell {}
  const app = await NestFactory.createApplicationContext(Shell, { logger: false, abortOnError: false });
  apps.push(app);
  return app.get(PrincipalTokens, { strict: false });
}

test('processes of a developer believe each other without being told anything', async () => {
  const [shell, macroservice] = [await tokensWith({}), await tokensWith({})];
  const token = await shell.issue(ADA);
  expect(await macroservice.verify(token!)).toEqual(ADA);
});

test('nothing vouches for anybody in production without a key, and a warning says so', async () => {
  jest.replaceProperty(process, 'env', { ...process.env, NODE_ENV: 'production' });
  const warned = jest.spyOn(Logger.prototype, 'warn').mockReturnValue();
  await expect(tokensWith({})).rejects.toThrow(/PrincipalTokens/);
  expect(warned.mock.calls).toEqual([[expect.stringContaining('Neither PRINCIPAL_KEY nor PRINCIPAL_KEYS is set')]]);
});

test('in production a process that has only the public keys of others believes them, and vouches for nobody', async () => {
  const theirs = await SigningKey.generate();
  const shell = await tokensWith({ PRINCIPAL_KEY: JSON.stringify(theirs.secret()) });
  jest.replaceProperty(process, 'env', { ...process.env, NODE_ENV: 'production' });
  const PRINCIPAL_KEYS = JSON.stringify(publicKeys({ keys: [theirs.publicKey] }));
  const macroservice = await tokensWith({ PRINCIPAL_KEYS });

  expect(await macroservice.verify((await shell.issue(ADA))!)).toEqual(ADA);
  expect(await macroservice.issue(ADA)).toBeUndefined();
});

test('a process believes those whose public keys it was given, and not itself', async () => {
  const [ours, theirs] = [await SigningKey.generate(), await SigningKey.generate()];
  const shell = await tokensWith({
    PRINCIPAL_KEY: JSON.stringify(ours.secret()),
    PRINCIPAL_KEYS: JSON.stringify(publicKeys({ keys: [theirs.publicKey] })),
  });
  const other = await tokensWith({ PRINCIPAL_KEY: JSON.stringify(theirs.secret()) });

  expect(await shell.verify((await other.issue(ADA))!)).toEqual(ADA);
  await expect(shell.verify((await shell.issue(ADA))!)).rejects.toBeInstanceOf(Unauthenticated);
});

test('a key that cannot be read ends the start, and its text stays out of the message', async () => {
  const failure = await tokensWith({ PRINCIPAL_KEY: '{"d":"secret' }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(UnreadableKey);
  expect(String(failure)).toContain('PRINCIPAL_KEY is no JSON');
  expect(String(failure)).not.toContain('secret');
  await expect(tokensWith({ PRINCIPAL_KEY: '{}' })).rejects.toBeInstanceOf(InvalidKey);
});
