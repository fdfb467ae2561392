import { createHash } from 'node:crypto';
import { InstalledModules } from '@macrolith/core';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { HTTP_MODULE_OPTIONS, type HttpModuleOptions } from '../module-options.js';
import { openApiDocument } from './document.js';

export const OPENAPI_PATH = '/openapi.json';

/** Serves the API document. It is made when it is first asked for, and never changes while the process runs. */
@Controller()
export class OpenApiController {
  private made: { readonly text: string; readonly etag: string } | undefined;

  constructor(
    private readonly modules: InstalledModules,
    @Inject(HTTP_MODULE_OPTIONS) private readonly options: HttpModuleOptions,
  ) {}

  @Get(OPENAPI_PATH)
  document(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): string | undefined {
    this.made ??= this.make();
    void reply.headers({ etag: this.made.etag, 'cache-control': 'no-cache' });
    if (request.headers['if-none-match'] === this.made.etag) {
      void reply.status(304);
      return undefined;
    }
    void reply.type('application/json; charset=utf-8');
    return this.made.text;
  }

  private make(): { text: string; etag: string } {
    const manifests = this.modules.all.map(({ manifest }) => manifest);
    const text = `${JSON.stringify(openApiDocument(manifests, this.options), null, 2)}\n`;
    return { text, etag: `"${createHash('sha256').update(text).digest('base64url')}"` };
  }
}
