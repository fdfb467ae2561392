import { bootModule, contractSuite } from '@macrolith/testing';
import { __Name__ } from '../src/index.js';
import { __Name__Module } from '../src/local.js';
import { Fake__Name__ } from '../src/testing.js';
import { specify__Name__ } from './__name__.contract.js';

contractSuite(__Name__, {
  real: (binding) => bootModule(__Name__Module, { binding }),
  fake: () => new Fake__Name__(),
  specify: specify__Name__,
});
