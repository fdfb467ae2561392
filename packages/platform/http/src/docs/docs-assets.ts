import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import fastifyStatic from '@fastify/static';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';

const FOLDER = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

/** Where the files of the API page stand. */
export const DOCS_ASSETS = '/docs/assets/';

const SERVED = new Set(['/swagger-ui-bundle.js', '/swagger-ui.css', '/favicon-32x32.png']);

/** Serves the API page's scripts and styles from the installed package: the page loads nothing from elsewhere. */
@Injectable()
export class DocsAssets implements OnModuleInit {
  constructor(private readonly host: HttpAdapterHost) {}

  onModuleInit(): void {
    const fastify: FastifyInstance = this.host.httpAdapter.getInstance();
    // Not awaited: that would start Fastify before Nest has set its error handler, and errors of the parser would miss it.
    fastify.register(fastifyStatic, {
      root: FOLDER,
      prefix: DOCS_ASSETS,
      decorateReply: false,
      index: false,
      allowedPath: (path) => SERVED.has(path),
      maxAge: '1h',
    });
  }
}
