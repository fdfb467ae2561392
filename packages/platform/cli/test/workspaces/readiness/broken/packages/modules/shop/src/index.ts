import { command, Port } from '@shop/contract';

export abstract class Shop extends Port({ name: 'shop', version: '1.0.0', operations: { sell: command({}) } }) {}
