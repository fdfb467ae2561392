import { createHash } from 'node:crypto';
import { InstalledModules } from '@macrolith/core';
import { RESERVED_SEGMENTS } from '@macrolith/ui/manifest';
import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { matches, sendAsset } from './asset-answer.js';
import { UI_OPTIONS, type UiOptions } from './ui-options.js';
import { UiSite } from './ui-site.js';

/** From the sources and from the build alike. */
const PLATFORM_ASSETS = new URL('../../dist/assets/', import.meta.url);

/** The UI was added to an application that is not served by Fastify. */
export class FastifyRequired extends Error {
  override readonly name = 'FastifyRequired';
  constructor(readonly adapter: string) {
    super(`The UI is served by Fastify, and this application runs on '${adapter}'. Create it with FastifyAdapter.`);
  }
}

/** Answers for assets, and with the shell page for every page address. All other requests stay with Nest. */
@Injectable()
export class UiServer implements OnModuleInit {
  readonly #logger = new Logger('Ui');

  constructor(
    private readonly adapterHost: HttpAdapterHost,
    private readonly installed: InstalledModules,
    @Inject(UI_OPTIONS) private readonly options: UiOptions,
  ) {}

  async onModuleInit(): Promise<void> {
    const adapter = this.adapterHost.httpAdapter;
    if (adapter === undefined || adapter === null) return;
    if (adapter.getType() !== 'fastify') throw new FastifyRequired(adapter.getType());
    const site = await this.#readSite();
    this.#serve(adapter.getInstance<FastifyInstance>(), site);
  }

  async #readSite(): Promise<UiSite> {
    const modules = this.installed.all.flatMap(({ manifest }) =>
      manifest.ui === undefined ? [] : [{ name: manifest.name, ui: manifest.ui }],
    );
    const site = await UiSite.read({ title: this.options.title, platformAssets: PLATFORM_ASSETS, modules });
    for (const { module, folder, problems } of site.failures) {
      this.#logger.error(
        `The UI of '${module}' cannot be served from ${folder}. ${problems.join(' ')} The rest runs on.`,
      );
    }
    return site;
  }

  #serve(fastify: FastifyInstance, site: UiSite): void {
    fastify.get('/assets/*', async (request, reply) => {
      const asset = site.assets.find(pathOf(request));
      return asset === undefined ? notFound(reply) : sendAsset(asset, request, reply);
    });
    const sendPage = async (request: FastifyRequest, reply: FastifyReply) => sendShellPage(site, request, reply);
    fastify.get('/', sendPage);
    fastify.get('/*', sendPage);
  }
}

/** The page is the same for every address; the status says whether there is one, for those who do not run scripts. */
async function sendShellPage(site: UiSite, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const pathname = pathOf(request);
  if (isReserved(pathname) || !wantsPage(request, site.hasPage(pathname))) return notFound(reply);
  const etag = `"${createHash('sha256').update(site.page.html).digest('base64url').slice(0, 32)}"`;
  reply.headers({
    'cache-control': 'no-cache',
    'content-security-policy': site.page.contentSecurityPolicy,
    'content-type': 'text/html; charset=utf-8',
    'cross-origin-opener-policy': 'same-origin',
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    vary: 'accept',
    etag,
  });
  const status = site.hasPage(pathname) ? 200 : 404;
  if (status === 200 && matches(request.headers['if-none-match'], etag)) return reply.code(304).send();
  return reply.code(status).send(site.page.html);
}

function isReserved(pathname: string): boolean {
  return RESERVED_SEGMENTS.includes(pathname.split('/')[1] ?? '');
}

/** Browsers ask for HTML. Those that take anything get a page where there is one, and the server's own answer elsewhere. */
function wantsPage(request: FastifyRequest, isThere: boolean): boolean {
  const accepted = request.headers.accept ?? '*/*';
  return /\btext\/html\b/.test(accepted) || (isThere && accepted.includes('*/*'));
}

/** The application's own answer: its exception filter makes a problem document of it. */
function notFound(reply: FastifyReply): FastifyReply {
  reply.callNotFound();
  return reply;
}

function pathOf(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] ?? '';
}
