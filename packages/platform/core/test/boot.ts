import { type INestApplicationContext, Injectable, Module, type ModuleMetadata } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

/** Composes a shell from Nest modules and starts it, the way an application does. */
export async function boot(
  imports: NonNullable<ModuleMetadata['imports']>,
  providers: ModuleMetadata['providers'] = [],
) {
  @Module({ imports, providers })
  class Shell {}
  const app: INestApplicationContext = await NestFactory.createApplicationContext(Shell, {
    logger: false,
    abortOnError: false,
  });
  return app;
}

export { Injectable };
