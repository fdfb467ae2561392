import type { Catalog } from '@shop/catalog';
import { Inject, Injectable, Optional } from '@nestjs/common';
import { type Clock } from './clock.js';

@Injectable()
export class OrdersService {
  @Inject()
  readonly late!: Catalog;

  constructor(
    private readonly catalog: Catalog,
    @Optional() readonly clock: Clock,
  ) {}
}
