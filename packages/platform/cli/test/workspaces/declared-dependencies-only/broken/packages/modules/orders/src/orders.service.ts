import { Catalog } from '@shop/catalog';
import { Payments } from '@shop/payments';
import { of } from 'rxjs';
import pino from 'pino';
import { join } from 'node:path';
import type { Level } from 'pino';

export const used = [Catalog, Payments, of, pino, join, undefined as unknown as Level];
