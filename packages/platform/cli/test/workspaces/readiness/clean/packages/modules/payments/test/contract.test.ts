import { contractSuite } from '@shop/testing';

contractSuite();
