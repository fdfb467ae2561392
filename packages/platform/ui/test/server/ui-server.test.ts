import { createHash } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createFixtureApp } from '../fixtures/fixture-app.js';
import { FixtureWorkspace } from '../fixtures/fixture-workspace.js';
import { handBuilt, onePage } from '../fixtures/hand-built.js';

let workspace: FixtureWorkspace;
let app: NestFastifyApplication;
const errors: string[] = [];

beforeAll(async () => {
  jest.spyOn(Logger.prototype, 'error').mockImplementation((message) => {
    errors.push(String(message));
  });
  workspace = new FixtureWorkspace();
  workspace.add('library');
  await workspace.build('library');
  const modules = ['no-manifest', 'no-json', 'no-script', 'changed'].map((name) => ({
    name,
    ui: handBuilt(workspace.folder, onePage(name), `/* ${name} */`),
  }));
  const [noManifest, noJson, noScript, changed] = modules.map(({ ui }) => ui);
  rmSync(new URL('manifest.json', noManifest!));
  writeFileSync(new URL('manifest.json', noJson!), '{');
  rmSync(new URL('index-0.js', noScript!));
  writeFileSync(new URL('index-0.js', changed!), 'alert("not what was built")');
  app = await createFixtureApp([{ name: 'library', ui: workspace.ui('library') }, ...modules]);
  await app.listen(0, '127.0.0.1');
});

afterAll(async () => {
  await app.close();
  workspace.remove();
});

const get = (url: string, headers: Record<string, string> = {}) =>
  app.inject({ method: 'GET', url, headers: { accept: 'text/html', ...headers } });

async function importMap(): Promise<{ imports: Record<string, string>; integrity: Record<string, string> }> {
  const { body } = await get('/');
  return JSON.parse(/<script type="importmap">(.*?)<\/script>/s.exec(body)![1]!);
}

async function libraryScript(): Promise<string> {
  const { integrity } = await importMap();
  return Object.keys(integrity).find((address) => address.startsWith('/assets/library/1.2.0/'))!;
}

describe('The shell page', () => {
  test.each(['/', '/library', '/library/B-1', '/library/new?q=1'])('is served at %s', async (url) => {
    const response = await get(url);

    expect(response.statusCode).toBe(200);
    expect(response.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(response.body).toContain('<title>Reading Room</title>');
  });

  test('is served with 404 at an address of no page, so that it can say so', async () => {
    expect((await get('/nowhere')).statusCode).toBe(404);
    expect((await get('/nowhere')).body).toContain('<title>Reading Room</title>');
  });

  test('carries strict headers', async () => {
    const { headers } = await get('/');
    const policy = String(headers['content-security-policy']);

    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      expect.stringMatching(/^script-src 'self' 'sha256-[A-Za-z0-9+/]{43}='$/),
      "style-src 'self'",
      "connect-src 'self'",
      "img-src 'self' data:",
      "font-src 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "form-action 'self'",
    ]);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cache-control': 'no-cache',
    });
  });

  test('allows exactly its own import map by hash', async () => {
    const { body, headers } = await get('/');
    const map = /<script type="importmap">(.*?)<\/script>/s.exec(body)![1]!;

    const hash = createHash('sha256').update(map).digest('base64');
    expect(headers['content-security-policy']).toContain(`'sha256-${hash}'`);
  });

  test('gives the true integrity of every script in its import map', async () => {
    const { imports, integrity } = await importMap();

    expect(Object.keys(integrity)).toContain(imports['@macrolith/ui']);
    for (const [address, expected] of Object.entries(integrity)) {
      const { rawPayload } = await get(address);
      expect(`sha384-${createHash('sha384').update(rawPayload).digest('base64')}`).toBe(expected);
    }
  });

  test('is not sent again to a browser that has it', async () => {
    const { headers } = await get('/');

    expect((await get('/', { 'if-none-match': String(headers.etag) })).statusCode).toBe(304);
  });

  test.each(['/api/nothing', '/docs', '/openapi.json', '/health/live', '/assets/x'])(
    'does not stand in for %s',
    async (url) => {
      const response = await get(url);

      expect(response.statusCode).toBe(404);
      expect(response.headers['content-type']).toContain('application/json');
    },
  );

  test('answers a client that takes anything with a page where there is one', async () => {
    expect((await get('/library', { accept: '*/*' })).headers['content-type']).toBe('text/html; charset=utf-8');
    expect((await get('/nowhere', { accept: '*/*' })).headers['content-type']).not.toContain('text/html');
  });

  test('is not given to a client that asks for something else', async () => {
    const response = await get('/library', { accept: 'application/json' });

    expect(response.statusCode).toBe(404);
    expect(response.headers['content-type']).toContain('application/json');
  });
});

describe('An asset', () => {
  test('is served for good, with its type and nothing to sniff', async () => {
    const { headers, statusCode } = await get(await libraryScript());

    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': 'text/javascript; charset=utf-8',
      'x-content-type-options': 'nosniff',
      vary: 'accept-encoding',
    });
  });

  test('is sent compressed to those who take it', async () => {
    const address = await libraryScript();
    const plain = await get(address);

    const compressed = await get(address, { 'accept-encoding': 'gzip, br' });
    expect(compressed.headers['content-encoding']).toBe('br');
    expect(brotliDecompressSync(compressed.rawPayload)).toEqual(plain.rawPayload);
    expect((await get(address, { 'accept-encoding': 'gzip, br;q=0' })).headers['content-encoding']).toBe('gzip');
    expect((await get(address, { 'accept-encoding': 'zstd' })).headers['content-encoding']).toBeUndefined();
  });

  test('is not sent again to a browser that has it', async () => {
    const address = await libraryScript();
    const { headers } = await get(address);

    const again = await get(address, { 'if-none-match': String(headers.etag) });
    expect(again.statusCode).toBe(304);
    expect(again.body).toBe('');
  });

  test.each([
    '/assets/library/1.2.0/manifest.json',
    '/assets/library/1.2.0/../../package.json',
    '/assets/library/1.2.0/%2e%2e/%2e%2e/package.json',
    '/assets/library/1.2.0/..%2f..%2fpackage.json',
    '/assets/library/1.2.0/..\\..\\package.json',
    '/assets/library/1.2.0//etc/passwd',
    '/assets/_ui/0.1.0/../../../package.json',
    '/assets/library/9.9.9/index.js',
    '/assets/',
    '/assets/%00',
    '/assets/%E0%A4%A',
  ])('is nothing but what a build listed: %s', async (path) => {
    const { status, body } = await getRaw(path);

    expect([400, 404]).toContain(status);
    expect(body).not.toContain('@fixture/library');
    expect(body).not.toContain('"scripts"');
    expect(body).not.toContain('root:');
  });
});

/** A path exactly as it is written: a URL would be cleaned of its dots before it is sent. */
async function getRaw(path: string): Promise<{ readonly status: number; readonly body: string }> {
  const { port } = app.getHttpServer().address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, headers: { accept: 'text/html' } }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        body += part;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    sent.on('error', reject).end();
  });
}

describe('A module whose UI is damaged', () => {
  test.each([
    ['no-manifest', 'manifest.json is missing'],
    ['no-json', 'manifest.json is no JSON'],
    ['no-script', 'index-0.js is missing'],
    ['changed', 'index-0.js is not what was built'],
  ])('does not stop the others, and the log says why: %s', (module, reason) => {
    const line = errors.find((error) => error.startsWith(`The UI of '${module}' cannot be served`));

    expect(line).toContain(reason);
    expect(line).toContain('The rest runs on.');
  });

  test('is known to the page as failed, and none of its files is served', async () => {
    const { body } = await get('/');

    expect(body).toContain('{"kind":"failed","module":"changed"}');
    expect((await get('/assets/changed/1.0.0/index-0.js')).statusCode).toBe(404);
    expect((await get('/library')).statusCode).toBe(200);
  });
});
