import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { publicKeys, SignedPrincipals, SigningKey } from '@macrolith/identity';
import { macro } from '../commands/macro.js';

const ADA = { principal: { id: 'ada' } };

let keys: string;
beforeEach(() => {
  keys = path.join(mkdtempSync(path.join(tmpdir(), 'macrolith-principal-key-')), 'keys');
});
afterEach(() => rmSync(path.dirname(keys), { recursive: true }));

const principalKey = (name: string) => macro(['principal-key', name, '--keys', keys]);
const secretOf = (name: string) => readFileSync(path.join(keys, `${name}.jwk`), 'utf8');

/** A process whose PRINCIPAL_KEY is that file, and whose PRINCIPAL_KEYS is what the command wrote. */
async function processOf(name: string, believed: string): Promise<SignedPrincipals> {
  const key = await SigningKey.read(JSON.parse(secretOf(name)));
  return new SignedPrincipals({ system: 'macrolith', issuer: name, key, keys: publicKeys(JSON.parse(believed)) });
}

test('a key is changed without a refusal: believed first, then signed with, then forgotten', async () => {
  const first = await principalKey('shell');
  const both = await principalKey('shell-2');
  const before = (await (await processOf('shell', first.out)).issue(ADA))!;
  const verifier = await processOf('shell', both.out);
  const after = (await (await processOf('shell-2', both.out)).issue(ADA))!;

  expect([await verifier.verify(before), await verifier.verify(after)]).toEqual([ADA, ADA]);

  rmSync(path.join(keys, 'shell.jwk'));
  const afterwards = await processOf('shell-2', (await principalKey('shell-2')).out);
  expect(await afterwards.verify(after)).toEqual(ADA);
  await expect(afterwards.verify(before)).rejects.toMatchObject({ reason: 'unknown-key' });
});

test('a key is for the eyes of its owner, stays once it is made, and is not in what is written', async () => {
  const made = await principalKey('shell');
  const again = await principalKey('shell');

  expect(made.err).toBe(`made the key ${path.join(keys, 'shell.jwk')}\n`);
  expect(again).toEqual({ code: 0, out: made.out, err: '' });
  expect([statSync(path.join(keys, 'shell.jwk')).mode & 0o777, statSync(keys).mode & 0o777]).toEqual([0o600, 0o700]);
  const { d } = JSON.parse(secretOf('shell'));
  expect(made.out + made.err).not.toContain(d);
});

test('a file that others may read, or that holds another secret, is refused and not repeated', async () => {
  await principalKey('shell');
  chmodSync(path.join(keys, 'shell.jwk'), 0o640);
  expect((await principalKey('shell-2')).err).toContain('shell.jwk is a secret that other accounts may read.');

  writeFileSync(path.join(keys, 'shell.jwk'), 'another secret');
  chmodSync(path.join(keys, 'shell.jwk'), 0o600);
  const { code, out, err } = await principalKey('shell-2');
  expect([code, out]).toEqual([2, '']);
  expect(err).toContain('shell.jwk holds no Ed25519 key');
  expect(err).not.toContain('another secret');
  expect((await principalKey('My Shell')).code).toBe(2);
});
