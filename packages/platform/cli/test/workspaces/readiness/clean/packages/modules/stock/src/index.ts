import { command, Port } from '@shop/contract';

export abstract class Stock extends Port({ name: 'stock', version: '1.0.0', operations: { keep: command({}) } }) {}
