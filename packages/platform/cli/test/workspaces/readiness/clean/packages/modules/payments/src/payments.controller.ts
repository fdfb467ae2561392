import { Clock } from '@shop/core';
import { type InputOf, Payments } from './index.js';

export class PaymentsController {
  constructor(
    private readonly payments: Payments,
    private readonly clock: Clock,
  ) {}
}
