import { expect, test } from '@jest/globals';
import { shapeOf } from '@macrolith/core';
import { cancelOrder } from '../src/workflows/cancel-order.workflow.js';
import { fulfilOrder } from '../src/workflows/fulfil-order.workflow.js';
import { placeCardOrder } from '../src/workflows/place-card-order.workflow.js';
import { placeOrder } from '../src/workflows/place-order.workflow.js';
import { refundOrder } from '../src/workflows/refund-order.workflow.js';
import { withdrawOrder } from '../src/workflows/withdraw-order.workflow.js';

// A run that was begun with one shape cannot go on with another: whoever changes a shape raises the workflow's version.
test.each([placeOrder, placeCardOrder, cancelOrder, withdrawOrder, refundOrder, fulfilOrder])(
  '$name has the shape of its version',
  (workflow) => {
    expect({ version: workflow.version, shape: shapeOf(workflow).split('\n') }).toMatchSnapshot();
  },
);
