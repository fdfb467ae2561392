import type { Manifest } from '@macrolith/core';
import type { HttpModuleOptions } from '../module-options.js';
import { PROBLEM_MEDIA_TYPE } from '../problem/problem.js';
import { routesOf } from '../route/routes.js';
import { Components, reference } from './components.js';
import { BEARER, describeOperation } from './operation.js';

type PathItem = Record<string, unknown>;

/** An OpenAPI document as plain JSON data (https://spec.openapis.org/oas/v3.1.1.html). */
export interface OpenApiDocument {
  readonly openapi: string;
  readonly info: Readonly<Record<string, unknown>>;
  readonly tags: readonly unknown[];
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/**
 * The API of the modules that are installed, from their routes and contracts. The same modules always give the same
 * document, whatever the order they are installed in.
 */
export function openApiDocument(manifests: readonly Manifest[], options: HttpModuleOptions): OpenApiDocument {
  const { title, version = '0.0.0', description } = options;
  const components = new Components();
  const sorted = [...manifests].sort((a, b) => (a.name < b.name ? -1 : 1)).filter(hasRoutes);
  const asksForPermissions = sorted.some(({ web }) =>
    web.flatMap(routesOf).some(({ operation }) => operation.permission !== undefined),
  );
  return {
    openapi: '3.1.1',
    info: { title, version, ...(description !== undefined && { description }) },
    tags: sorted.map(({ name, owner, port }) => ({
      name,
      description: `Version ${port.contract.version}, owned by ${owner}.`,
    })),
    paths: pathsOf(sorted, components),
    components: {
      schemas: Object.fromEntries(Object.entries(components.schemas).sort(([a], [b]) => (a < b ? -1 : 1))),
      parameters: { IdempotencyKey: IDEMPOTENCY_KEY },
      headers: { traceparent: TRACEPARENT, Link: LINK },
      ...(asksForPermissions && { securitySchemes: { [BEARER]: SECURITY_SCHEME } }),
      responses: {
        Problem: {
          description: 'Any other failure.',
          content: { [PROBLEM_MEDIA_TYPE]: { schema: reference('Problem') } },
        },
      },
    },
  };
}

function pathsOf(manifests: readonly Manifest[], components: Components): Record<string, PathItem> {
  const paths: Record<string, PathItem> = {};
  for (const route of manifests.flatMap(({ web }) => web.flatMap(routesOf))) {
    const path = route.url.replaceAll(/:([A-Za-z_][A-Za-z0-9_]*)/g, '{$1}');
    paths[path] = { ...paths[path], [route.path.method.toLowerCase()]: describeOperation(route, components) };
  }
  return paths;
}

function hasRoutes({ web }: Manifest): boolean {
  return web.some((controller) => routesOf(controller).length > 0);
}

const SECURITY_SCHEME = {
  type: 'http',
  scheme: 'bearer',
  description: 'Says who asks. Each operation that needs it names the permission that it asks for.',
};

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'Names this wish: sent again with the same key and input, the command is not done twice, and its answer is repeated. ' +
    'The same key with another input is refused with 422.',
  schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[\\x21-\\x7e]+$' },
};

const TRACEPARENT = {
  description: 'The trace of this request (W3C Trace Context). Its second part is the trace id in logs and problems.',
  schema: { type: 'string' },
};

const LINK = {
  description: 'The next page of the list, `rel="next"` (RFC 8288). Absent on the last page.',
  schema: { type: 'string' },
};
