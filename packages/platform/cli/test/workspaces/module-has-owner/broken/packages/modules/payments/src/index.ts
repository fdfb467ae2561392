import { Port } from '@shop/contract';

export abstract class Payments extends Port({ name: 'payments' }) {}
