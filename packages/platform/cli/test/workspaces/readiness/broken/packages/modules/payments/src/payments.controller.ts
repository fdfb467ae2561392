import { Catalog } from '@shop/catalog';
import { Events } from '@shop/events';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { Payments } from './index.js';
import { Ledger } from './ledger.js';
import { PaymentRow } from './payment.entity.js';

export class PaymentsController {
  constructor(
    private readonly payments: Payments,
    private readonly ledger: Ledger,
    @InjectRepository(PaymentRow) private readonly rows: Repository<PaymentRow>,
    private readonly catalog: Catalog,
    private readonly events: Events,
  ) {}
}
