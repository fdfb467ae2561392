import { Catalog } from '@shop/catalog';
import { Catch, Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import type { Clock } from './clock.js';
import { OrderRow } from './order.entity.js';

@Injectable()
export class OrdersService {
  constructor(
    private readonly catalog: Catalog,
    @InjectRepository(OrderRow) readonly orders: Repository<OrderRow>,
    @Inject('clock') readonly clock: Clock,
  ) {}
}

@Catch()
class Filter {
  constructor(readonly clock: Clock) {}
}

export class Plain {
  constructor(readonly clock: Clock) {}
}

export const filter = (clock: Clock) => new Filter(clock);
