import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { command, Port, query, z } from '@macrolith/contract';
import {
  currentContext,
  defineModule,
  type IdentifiableRequest,
  type Identity,
  LocalModule,
  PlatformError,
  PrincipalSource,
  Unauthenticated,
} from '@macrolith/core';
import { HttpModule, routes } from '../src/index.js';
import { type RunningLibrary, startLibrary } from './library/running-library.js';

abstract class Archive extends Port({
  name: 'archive',
  version: '1.0.0',
  operations: {
    whoAmI: query({ output: z.object({ id: z.string().optional(), tenant: z.string().optional() }) }),
    burn: command({
      input: z.object({ shelf: z.int() }),
      output: z.object({ by: z.string() }),
      permission: 'archive.burn',
    }),
  },
}) {}

class ArchiveService implements Archive {
  async whoAmI() {
    const { principal, tenant } = currentContext();
    return { id: principal?.id, tenant };
  }
  async burn() {
    return { by: currentContext().principal!.id };
  }
}

const ArchiveRoutes = routes(Archive, { whoAmI: 'GET /me', burn: 'POST /fires' });

@LocalModule(defineModule(Archive, { owner: 'team-archive', web: [ArchiveRoutes] }), { provider: ArchiveService })
class ArchiveModule {}

class DirectoryIsAway extends PlatformError {
  readonly code = 'macrolith.identities-unavailable';
}

/** Believes whatever name is in the header. */
class Believing extends PrincipalSource {
  override async identify({ headers }: IdentifiableRequest): Promise<Identity> {
    const name = headers['x-name'];
    if (name === undefined) return {};
    if (name === 'liar') throw new Unauthenticated('You are not who you say you are.');
    if (name === 'later') throw new DirectoryIsAway('Nobody can tell now who you are.');
    const permissions = name === 'keeper' ? ['archive.burn'] : [];
    return { principal: { id: String(name), permissions }, tenant: 'acme' };
  }
}

describe('Over HTTP an operation that asks for a permission', () => {
  let library: RunningLibrary;
  beforeAll(async () => {
    const imports = [ArchiveModule, HttpModule.forRoot({ title: 'Archive' })];
    library = await startLibrary({ principals: new Believing(), imports });
  });
  afterAll(() => library.app.close());

  const burn = (headers: Record<string, string> = {}, shelf: unknown = 1) =>
    library.post('/api/archive/fires', { shelf }, headers);

  test('is done for whoever has it, on whose behalf the module is called', async () => {
    const response = await burn({ 'x-name': 'keeper' });
    expect([response.status, await response.json()]).toEqual([201, { by: 'keeper' }]);
  });

  test('is refused with 401 to nobody in particular, who learns how to say who one is', async () => {
    const response = await burn();
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    expect(await response.json()).toMatchObject({
      type: 'urn:macrolith:problem:macrolith.unauthenticated',
      title: 'Unauthenticated',
      code: 'macrolith.unauthenticated',
    });
  });

  test('is refused with 403 to whoever lacks it, before anything of the input is read', async () => {
    const response = await burn({ 'x-name': 'reader' }, 'no number');
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({
      code: 'macrolith.permission-denied',
      title: 'Permission denied',
      detail: expect.stringContaining("archive.burn asks for the permission 'archive.burn'"),
    });
  });

  test('says so in the API document', async () => {
    const document = (await (await library.request('/openapi.json')).json()) as any;
    const { post } = document.paths['/api/archive/fires'];
    expect(post.security).toEqual([{ bearer: ['archive.burn'] }]);
    expect(Object.keys(post.responses)).toEqual(expect.arrayContaining(['401', '403']));
    expect(document.components.securitySchemes.bearer).toMatchObject({ type: 'http', scheme: 'bearer' });
    expect(document.paths['/api/archive/me'].get).not.toHaveProperty('security');
  });

  test('is the only one that needs to know who asks', async () => {
    expect(await (await library.request('/api/archive/me')).json()).toEqual({});
    const known = await library.request('/api/archive/me', { headers: { 'x-name': 'reader' } });
    expect(await known.json()).toEqual({ id: 'reader', tenant: 'acme' });
  });

  test('does not make a lie harmless elsewhere: what cannot be believed is refused at every address but health', async () => {
    const lie = { headers: { 'x-name': 'liar' } };
    expect((await library.request('/api/archive/me', lie)).status).toBe(401);
    expect((await library.request('/openapi.json', lie)).status).toBe(401);
    expect((await library.request('/health/live', lie)).status).toBe(200);
  });

  test('is 503 while nobody can tell who asks', async () => {
    const response = await burn({ 'x-name': 'later' });
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
  });
});

test('Without a source of principals nobody is known, and what asks for a permission is refused', async () => {
  const library = await startLibrary({ imports: [ArchiveModule] });
  expect((await library.post('/api/archive/fires', { shelf: 1 })).status).toBe(401);
  expect((await library.request('/api/archive/me')).status).toBe(200);
  await library.app.close();
});
