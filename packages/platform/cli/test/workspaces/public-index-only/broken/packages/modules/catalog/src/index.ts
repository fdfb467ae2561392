import { Port } from '@shop/contract';

export abstract class Catalog extends Port({ name: 'catalog', version: '1.0.0', operations: {} }) {}
