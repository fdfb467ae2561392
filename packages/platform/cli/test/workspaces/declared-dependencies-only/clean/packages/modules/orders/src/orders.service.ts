import { Catalog } from '@shop/catalog';
import pino from 'pino';
import { join } from 'node:path';
import type { Client } from 'pg';

export const used = [Catalog, pino, join, undefined as unknown as Client];
