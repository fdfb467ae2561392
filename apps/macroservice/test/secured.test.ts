import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { runMacro } from '@macrolith/cli';
import { createTestDatabase, type NatsServer, startNats, type TestDatabase } from '@macrolith/local-services';
import { eventually } from '@macrolith/testing';
import pg from 'pg';
import { type LoggedProcess, type Program, startLogged } from './logged-process.js';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const PATIENCE = { withinMs: 120_000 };
const WRONG_PASSWORD = 'a-password-that-is-wrong';
const BEARER = 'the-bearer-token-of-somebody';

/** Certificates and keys of a test, in a folder of its own. */
class Certificates {
  readonly folder = mkdtempSync(join(tmpdir(), 'macrolith-certificates-'));

  constructor() {
    for (const authority of ['ours', 'another'])
      this.openssl('req', '-x509', ...this.fresh(authority), '-subj', `/CN=${authority}`, '-days', '2');
    this.sign('server', 'ours', 'DNS:localhost');
    this.sign('elsewhere', 'ours', 'DNS:nats.elsewhere.example');
    this.sign('client', 'ours', 'DNS:shop.example');
    this.sign('old', 'ours', 'DNS:shop.example', -1, 'client');
    this.sign('stranger', 'another', 'DNS:shop.example');
  }

  file(name: string): string {
    return join(this.folder, name);
  }

  /** For a key of its own, or for that of another certificate. */
  private sign(name: string, authority: string, host: string, days = 2, keyOf?: string): void {
    if (keyOf === undefined) this.openssl('req', ...this.fresh(name, 'csr'), '-subj', `/CN=${name}`);
    else
      this.openssl(
        'req',
        '-new',
        '-key',
        this.file(`${keyOf}.key`),
        '-out',
        this.file(`${name}.csr`),
        '-subj',
        `/CN=${name}`,
      );
    writeFileSync(this.file('names'), `subjectAltName=${host}`);
    const by = ['-CA', this.file(`${authority}.pem`), '-CAkey', this.file(`${authority}.key`), '-CAcreateserial'];
    const made = ['-days', String(days), '-extfile', this.file('names'), '-out', this.file(`${name}.pem`)];
    this.openssl('x509', '-req', '-in', this.file(`${name}.csr`), ...by, ...made);
  }

  private fresh(name: string, out = 'pem'): string[] {
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
    return [...curve, '-keyout', this.file(`${name}.key`), '-out', this.file(`${name}.${out}`)];
  }

  private openssl(...args: string[]): void {
    execFileSync('openssl', args, { stdio: 'ignore' });
  }
}

let certificates: Certificates;
let keys: string;
let principals: string;
let database: TestDatabase;
let nats: NatsServer;
/** The same, with a certificate for another host. */
let misnamed: NatsServer;
let administrator: pg.Client;
const running: LoggedProcess[] = [];

beforeAll(async () => {
  certificates = new Certificates();
  keys = join(certificates.folder, 'users');
  principals = join(certificates.folder, 'principals');
  for (const user of ['shell', 'stock', 'notifications']) await macro('principal-key', user, '--keys', principals);
  const users = await macro('nats-auth', '--keys', keys, '--macroservice', 'stock=inventory,shipping');
  const [secured, elsewhere] = ['server', 'elsewhere'].map((server) => `${users}\n${tlsOf(server)}`);
  [database, nats, misnamed] = await Promise.all([
    createTestDatabase(),
    startNats({ configuration: secured! }),
    startNats({ configuration: elsewhere! }),
  ]);
  administrator = new pg.Client(database.url);
  await administrator.connect();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((process) => process.kill()));
});
afterAll(async () => {
  await administrator?.end();
  await Promise.all([database?.drop(), nats?.stop(), misnamed?.stop()]);
  rmSync(certificates.folder, { recursive: true });
});

/** nats-server shows this certificate, and wants one of its clients that our authority has signed. */
function tlsOf(server: string): string {
  const [cert, key, ca] = [`${server}.pem`, `${server}.key`, 'ours.pem'].map((name) => certificates.file(name));
  return `tls { cert_file: "${cert}", key_file: "${key}", ca_file: "${ca}", verify: true }`;
}

async function macro(...args: string[]): Promise<string> {
  let written = '';
  const out = { write: (text: string) => (written += text) };
  const code = await runMacro([...args, ...(args[0] === 'nats-auth' ? ['--root', ROOT] : [])], {
    out,
    err: { write: () => undefined },
    environment: {},
  });
  if (code !== 0) throw new Error(`macro ${args[0]} ended with ${code}.`);
  return written;
}

/** Variables of a process. One that is undefined is not set. */
type Environment = Record<string, string | undefined>;

/** The environment of a process that comes as this user, with everything that is a secret in it. */
async function environmentOf(user: string, changes: Environment = {}): Promise<Environment> {
  const believed = await macro('principal-key', user, '--keys', principals);
  return {
    DATABASE_URL: database.url,
    LOG_LEVEL: 'trace',
    NATS_URL: `tls://localhost:${nats.port}`,
    NATS_USER: user,
    NATS_NKEY_FILE: join(keys, `${user}.nk`),
    NATS_CA_FILE: certificates.file('ours.pem'),
    NATS_CERT_FILE: certificates.file('client.pem'),
    NATS_KEY_FILE: certificates.file('client.key'),
    PRINCIPAL_KEY: readFileSync(join(principals, `${user}.jwk`), 'utf8'),
    PRINCIPAL_KEYS: believed,
    ...changes,
  };
}

async function start(program: Program, environment: Environment): Promise<LoggedProcess> {
  const process = startLogged(program, environment);
  running.push(process);
  return process;
}

/** Everything that must not be in a log. */
function secrets(): string[] {
  const users = ['shell', 'stock', 'notifications'];
  const owners = ['ours', 'another', 'server', 'elsewhere', 'client', 'stranger'];
  const pems = owners.map((name) => readFileSync(certificates.file(`${name}.key`), 'utf8'));
  return [
    new URL(database.url).password,
    WRONG_PASSWORD,
    BEARER,
    ...users.map((user) => readFileSync(join(keys, `${user}.nk`), 'utf8').trim()),
    ...users.map((user) => JSON.parse(readFileSync(join(principals, `${user}.jwk`), 'utf8')).d as string),
    ...pems.map((pem) => pem.split('\n')[1]!),
  ];
}

function expectNoSecretIn({ log }: LoggedProcess): void {
  expect(log()).not.toBe('');
  for (const secret of secrets()) expect(log().includes(secret)).toBe(false);
}

async function count(from: string): Promise<number> {
  const { rows } = await administrator.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${from}`);
  return rows[0]!.n;
}

test('over TLS, each with its own user of NATS, processes call each other, hear events and do tasks, and say no secret', async () => {
  const MOVED = 'inventory,shipping,notifications';
  // The stream is made by the shell.
  const shell = await start(
    'shell',
    await environmentOf('shell', { PORT: '0', MACROLITH_SEED: 'false', REMOTE_MODULES: MOVED }),
  );
  const url = await shell.ready;
  const hosting = (user: string, modules: string) => async () =>
    start('macroservice', await environmentOf(user, { HEALTH_PORT: '0', MODULES: modules }));
  const [stock, notifications] = await Promise.all([
    hosting('stock', '@macrolith/inventory,@macrolith/shipping')(),
    hosting('notifications', '@macrolith/notifications')(),
  ]);
  await Promise.all([stock.ready, notifications.ready]);

  const post = async (path: string, body: object) => {
    const headers = { 'content-type': 'application/json', authorization: `Basic ${BEARER}`, 'idempotency-key': path };
    return (await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })).status;
  };
  const price = { amountMinor: '1600', currency: 'GBP' };
  expect(await post('/api/catalog/products', { productId: 'p', name: 'Pen', description: 'A pen.', price })).toBe(201);
  expect(await post('/api/inventory/receipts', { productId: 'p', quantity: 5, reference: 'first' })).toBe(201);
  expect(await post('/api/payments/accounts', { accountId: 'ada', currency: 'GBP' })).toBe(201);
  expect(await post('/api/payments/accounts/ada/deposits', { amount: price, reference: 'first' })).toBe(201);
  const lines = [{ productId: 'p', quantity: 1 }];
  const order = { customerId: 'ada', accountId: 'ada', fulfilment: 'automatic', reference: 'first', lines };
  expect(await post('/api/orders/orders', order)).toBe(201);

  await eventually(
    'The order',
    () => count(`orders.order_header WHERE status = 'fulfilled'`),
    (n) => n === 1,
    PATIENCE,
  );
  await eventually(
    'The messages',
    () => count(`notifications.message WHERE status = 'sent'`),
    (n) => n === 2,
    PATIENCE,
  );
  for (const process of [shell, stock, notifications]) {
    expectNoSecretIn(process);
    // All rights that it takes are there: nothing was denied.
    expect(
      process
        .log()
        .split('\n')
        .filter((line) => /Permissions Violation|does not let this process/.test(line)),
    ).toEqual([]);
  }
});

test.each<[what: string, changes: () => Environment, sentence: string]>([
  ['an authority that did not sign', () => ({ NATS_CA_FILE: certificates.file('another.pem') }), 'Set NATS_CA_FILE'],
  [
    'a server that shows a certificate for another host',
    () => ({ NATS_URL: `tls://localhost:${misnamed.port}` }),
    'Name the host as the certificate does',
  ],
  [
    'no certificate of its own',
    () => ({ NATS_CERT_FILE: undefined, NATS_KEY_FILE: undefined }),
    'or misses one. Set NATS_CERT_FILE and NATS_KEY_FILE',
  ],
  [
    'a certificate of its own that has expired',
    () => ({ NATS_CERT_FILE: certificates.file('old.pem') }),
    'which is not valid now',
  ],
  [
    'a certificate of its own by an authority that NATS does not know',
    () => certificate('stranger'),
    'to one that its authority has signed',
  ],
  ['a user that NATS does not know', () => ({ NATS_NKEY_FILE: strangersKey() }), 'it does not know the user'],
  [
    'a file that is not there',
    () => ({ NATS_CA_FILE: '/nowhere.pem' }),
    'NATS_CA_FILE names a file that cannot be read',
  ],
  ['a password in the wrong place', () => ({ NATS_URL: WRONG_PASSWORD }), 'NATS_URL must look like'],
  [
    'another password for the database',
    () => ({ DATABASE_URL: withWrongPassword() }),
    'Correct the user and the password',
  ],
])('with %s it does not start, says what to do, and no secret', async (_, changes, sentence) => {
  const environment = await environmentOf('notifications', {
    HEALTH_PORT: '0',
    MODULES: '@macrolith/notifications',
    ...changes(),
  });
  const process = await start('macroservice', environment);

  await expect(process.ready).rejects.toThrow();
  expect(await process.ended).toBe(1);
  expect(process.log().includes(sentence) || process.log()).toBe(true);
  expectNoSecretIn(process);
});

test('a certificate that expires while it runs is told of when NATS comes back, and a new one is taken without a restart', async () => {
  const own = certificates.file('own.pem');
  copyFileSync(certificates.file('client.pem'), own);
  const changes = { HEALTH_PORT: '0', MODULES: '@macrolith/notifications', NATS_CERT_FILE: own };
  const process = await start('macroservice', await environmentOf('notifications', changes));
  await process.ready;

  // One and the same key, so that no file is for a moment without the other.
  copyFileSync(certificates.file('old.pem'), own);
  await nats.restart();
  await said(process, 'which is not valid now');
  expect(process.log()).not.toContain('The connection to NATS is back.');
  copyFileSync(certificates.file('client.pem'), own);
  await said(process, 'The connection to NATS is back.');
  expectNoSecretIn(process);
});

async function said({ log }: LoggedProcess, sentence: string): Promise<void> {
  await eventually(
    sentence,
    async () => log().includes(sentence),
    (isThere) => isThere,
    PATIENCE,
  );
}

function certificate(name: string): Environment {
  return { NATS_CERT_FILE: certificates.file(`${name}.pem`), NATS_KEY_FILE: certificates.file(`${name}.key`) };
}

function withWrongPassword(): string {
  const address = new URL(database.url);
  address.password = WRONG_PASSWORD;
  return address.href;
}

/** The key of a user of another system. */
function strangersKey(): string {
  const file = certificates.file('stranger.nk');
  // A seed that is well-formed: that of a user whom the server has never seen.
  writeFileSync(file, 'SUACSSL3UAHUDXKFSNVUZRF5UHPMWZ6BFDTJ7M6USDXIEDNPPQYYYCU3VY', { mode: 0o600 });
  return file;
}
