import { Port } from '@shop/contract';

export abstract class Payments extends Port({ name: 'payments', version: '1.0.0', operations: {} }) {}
