import { Port } from '@shop/contract';

export abstract class Orders extends Port({ name: 'orders', version: '1.0.0', operations: {} }) {}
