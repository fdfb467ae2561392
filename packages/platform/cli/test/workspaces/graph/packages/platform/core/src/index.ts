import { contract } from '@shop/contract';

export const core = contract;
