import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { HttpModule } from '../src/index.js';
import { openApiDocument } from '../src/openapi/document.js';
import { library } from './library/library-module.js';
import { type RunningLibrary, startLibrary } from './library/running-library.js';

describe('The API document', () => {
  let running: RunningLibrary;
  let document: Record<string, any>;
  beforeAll(async () => {
    running = await startLibrary({ imports: [HttpModule.forRoot({ title: 'Town <library>', version: '3.1.4' })] });
    document = (await (await running.request('/openapi.json')).json()) as Record<string, any>;
  });
  afterAll(() => running.app.close());

  test('is a valid OpenAPI 3.1 document', async () => {
    const result = await new Validator().validate(structuredClone(document));
    expect(result).toEqual({ valid: true });
    expect(document.openapi).toBe('3.1.1');
    expect(document.info).toEqual({ title: 'Town <library>', version: '3.1.4' });
  });

  test('refers to nothing that it does not hold', () => {
    const targets = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path]) => path!);
    expect(targets.length).toBeGreaterThan(20);
    for (const target of targets) {
      const found = target.split('/').reduce((node: any, key) => node?.[key], document);
      expect([target, typeof found]).toEqual([target, 'object']);
    }
  });

  test('names each module with its version and owner', () => {
    expect(document.tags).toEqual([{ name: 'library', description: 'Version 1.0.0, owned by team-library.' }]);
  });

  test('describes where each part of an input stands', () => {
    const search = document.paths['/api/library/books'].get;
    expect(search.parameters.map((each: any) => `${each.in} ${each.name} ${each.required}`)).toEqual([
      'query cursor false',
      'query limit false',
      'query text false',
      'query minCopies false',
      'query inPrint false',
      'query tag false',
      'query year false',
    ]);
    expect(search.responses[200].headers).toHaveProperty('Link');
    const retitle = document.paths['/api/library/books/{bookId}'].patch;
    expect(retitle.parameters[0]).toEqual({ name: 'bookId', in: 'path', required: true, schema: { type: 'string' } });
    expect(document.components.schemas['library.retitle.body']).toMatchObject({ required: ['title'] });
    expect(document.components.schemas['library.retitle.body'].properties).not.toHaveProperty('bookId');
  });

  test('offers an idempotency key for commands, and not for queries or tasks, where it would change nothing', () => {
    const keyed = (operation: any) => JSON.stringify(operation.parameters ?? []).includes('IdempotencyKey');
    const { get, post } = document.paths['/api/library/books'];
    expect([keyed(get), keyed(post)]).toEqual([false, true]);
    expect(keyed(document.paths['/api/library/books/{bookId}/reminders'].post)).toBe(false);
  });

  test('describes the status that a route really answers with', () => {
    const statusesOf = (path: string) => Object.keys(document.paths[path].post.responses);
    expect(statusesOf('/api/library/books')).toContain('201');
    expect(statusesOf('/api/library/misbehave')).toEqual(['200', '400', 'default']);
  });

  test('describes declared errors as problems with their code, status and fields', () => {
    const { responses } = document.paths['/api/library/books'].post;
    expect(Object.keys(responses).sort()).toEqual(['201', '400', '403', '409', '422', 'default']);
    expect(responses[409].content).toEqual({
      'application/problem+json': { schema: { $ref: '#/components/schemas/library.book-exists' } },
    });
    expect(document.components.schemas['library.book-exists']).toMatchObject({
      allOf: [{ $ref: '#/components/schemas/Problem' }],
      properties: { bookId: { type: 'string' }, code: { const: 'library.book-exists' }, status: { const: 409 } },
      required: ['code', 'status', 'bookId'],
    });
  });

  test('is the same text every time, and is not sent again to who has it', async () => {
    const first = await running.request('/openapi.json');
    const again = await running.request('/openapi.json', { headers: { 'if-none-match': first.headers.get('etag')! } });
    expect([again.status, await again.text()]).toEqual([304, '']);
    const options = { title: 'Town <library>', version: '3.1.4' };
    expect(JSON.stringify(openApiDocument([library], options))).toBe(JSON.stringify(document));
  });
});

describe('The page of the API', () => {
  let running: RunningLibrary;
  beforeAll(async () => {
    running = await startLibrary({ imports: [HttpModule.forRoot({ title: 'Town <library>' })] });
  });
  afterAll(() => running.app.close());

  test('allows scripts of this origin only, and has none inline', async () => {
    const response = await running.request('/docs');
    const policy = response.headers.get('content-security-policy')!;
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    const html = await response.text();
    expect(html).toContain('<title>Town &lt;library&gt;: API</title>');
    expect(html).not.toMatch(/<script>|https?:\/\//);
  });

  test('finds every file that it asks for on this server, with the right type', async () => {
    const html = await (await running.request('/docs')).text();
    const files = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path!);
    const types = await Promise.all(
      files.map(async (path) => {
        const response = await running.request(path);
        await response.arrayBuffer();
        return `${response.status} ${response.headers.get('content-type')}`;
      }),
    );
    expect(types).toEqual([
      '200 image/png',
      '200 text/css; charset=utf-8',
      '200 application/javascript; charset=utf-8',
      '200 text/javascript; charset=utf-8',
    ]);
  });

  test('serves no other file of the package it takes them from', async () => {
    for (const path of ['package.json', 'index.html', 'swagger-initializer.js', '..%2fpackage.json']) {
      const response = await running.request(`/docs/assets/${path}`);
      expect([path, response.status]).toEqual([path, 404]);
      expect(response.headers.get('content-type')).toBe('application/problem+json');
    }
  });
});
