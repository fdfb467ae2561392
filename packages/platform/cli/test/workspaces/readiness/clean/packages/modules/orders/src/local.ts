import { durableWorkflows } from '@shop/workflow';

export const features = [durableWorkflows()];

export class OrdersModule {}
