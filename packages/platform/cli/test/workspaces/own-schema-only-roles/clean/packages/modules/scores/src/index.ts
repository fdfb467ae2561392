import { Port } from '@shop/contract';

export abstract class Scores extends Port({ name: 'scores', version: '1.0.0', operations: {} }) {}
